import { CodedError } from '#errors';
import { badUrl, bodyTooLarge, unsupportedMediaType } from './request-errors.js';

/** What the web framework refuses by itself, before any of our code sees the request; by status. */
const FRAMEWORK_ERRORS: Record<number, () => CodedError> = {
  403: () =>
    new CodedError({
      kind: 'forbidden',
      code: 'FORBIDDEN',
      detail: 'The path leads to where nothing may be read.',
    }),
  404: () =>
    new CodedError({
      kind: 'not_found',
      code: 'ROUTE_NOT_FOUND',
      detail: 'There is no such route.',
    }),
  412: () =>
    new CodedError({
      kind: 'precondition_failed',
      code: 'PRECONDITION_FAILED',
      detail: 'A condition in the headers of the request does not hold.',
    }),
  413: bodyTooLarge,
  415: unsupportedMediaType,
  416: () =>
    new CodedError({
      kind: 'range_not_satisfiable',
      code: 'RANGE_NOT_SATISFIABLE',
      detail: 'The file has no such range; the Content-Range header says how long it is.',
    }),
};

/** Any thrown value as an error that may be shown: what is not known to be harmless becomes a bare 500. */
export function codedErrorOf(error: unknown): CodedError {
  if (error instanceof CodedError) return error;
  return fromFramework(error) ?? internalError(error);
}

function fromFramework(error: unknown): CodedError | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, statusCode, status } = error as Record<string, unknown>;
  if (code === 'FST_ERR_BAD_URL') return badUrl();
  const refused = Number(statusCode ?? status);
  // What the framework blames on the request stays the request's fault, also where we never heard of it.
  if (refused >= 400 && refused < 500) return (FRAMEWORK_ERRORS[refused] ?? badRequest)();
  return undefined;
}

function badRequest(): CodedError {
  return new CodedError({
    kind: 'malformed',
    code: 'BAD_REQUEST',
    detail: 'The request could not be understood.',
  });
}

function internalError(cause: unknown): CodedError {
  return new CodedError({
    kind: 'internal',
    code: 'INTERNAL_ERROR',
    detail: 'Something went wrong inside the service. It was logged under the request id.',
    cause,
  });
}
