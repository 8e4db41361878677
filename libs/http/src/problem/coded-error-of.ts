import { CodedError } from '#errors';
import { bodyTooLarge, unsupportedMediaType } from './request-errors.js';

/** What the web framework refuses by itself, before any of our code sees the request; by status. */
const FRAMEWORK_ERRORS: Record<number, () => CodedError> = {
  400: () =>
    new CodedError({
      kind: 'malformed',
      code: 'BAD_REQUEST',
      detail: 'The request could not be understood.',
    }),
  404: () =>
    new CodedError({
      kind: 'not_found',
      code: 'ROUTE_NOT_FOUND',
      detail: 'There is no such route.',
    }),
  413: bodyTooLarge,
  415: unsupportedMediaType,
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
  return FRAMEWORK_ERRORS[Number(statusCode ?? status)]?.();
}

function badUrl(): CodedError {
  return new CodedError({
    kind: 'malformed',
    code: 'BAD_URL',
    detail: 'The path is not validly percent-encoded UTF-8.',
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
