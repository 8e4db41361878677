import { CodedError, type FieldError } from '#errors';

export function keyNotFound(): CodedError {
  return new CodedError({
    kind: 'not_found',
    code: 'KEY_NOT_FOUND',
    detail: 'There is no API key with this id.',
  });
}

/** @param fields - names each that is none */
export function unknownProjects(fields: readonly FieldError[] = []): CodedError {
  return new CodedError({
    kind: 'not_found',
    code: 'PROJECT_NOT_FOUND',
    detail: 'A key can only be for projects that are there.',
    fields,
  });
}

/** What has ended cannot be followed by another one. */
export function keyEnded(): CodedError {
  return new CodedError({
    kind: 'conflict',
    code: 'KEY_ENDED',
    detail: 'The API key is revoked or has expired. Make a new one.',
  });
}
