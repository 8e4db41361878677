import type { CodedError, ErrorKind, FieldError } from '#errors';

/** The media type of every error answer (RFC 9457). */
export const PROBLEM_JSON = 'application/problem+json';
export const PROBLEM_MEDIA_TYPE = `${PROBLEM_JSON}; charset=utf-8`;

/** The body of an error answer: RFC 9457, with a stable `code`, the request's id and each wrong field. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: string;
  readonly request_id: string;
  readonly errors?: readonly FieldError[];
}

const KINDS: Record<ErrorKind, { status: number; title: string }> = {
  malformed: { status: 400, title: 'Bad Request' },
  unauthenticated: { status: 401, title: 'Unauthorized' },
  forbidden: { status: 403, title: 'Forbidden' },
  not_found: { status: 404, title: 'Not Found' },
  method_not_allowed: { status: 405, title: 'Method Not Allowed' },
  conflict: { status: 409, title: 'Conflict' },
  precondition_failed: { status: 412, title: 'Precondition Failed' },
  too_large: { status: 413, title: 'Content Too Large' },
  unsupported_media_type: { status: 415, title: 'Unsupported Media Type' },
  range_not_satisfiable: { status: 416, title: 'Range Not Satisfiable' },
  invalid: { status: 422, title: 'Unprocessable Content' },
  too_many: { status: 429, title: 'Too Many Requests' },
  unavailable: { status: 503, title: 'Service Unavailable' },
  internal: { status: 500, title: 'Internal Server Error' },
};

/** The problem that a client is told for an error; `instance` is the path it asked for. */
export function problemOf(error: CodedError, instance: string, requestId: string): Problem {
  const { status, title } = KINDS[error.kind];
  return {
    type: `urn:modeldb:problem:${error.code.toLowerCase().replaceAll('_', '-')}`,
    title,
    status,
    detail: error.message,
    instance,
    code: error.code,
    request_id: requestId,
    ...(error.fields.length > 0 && { errors: error.fields }),
  };
}
