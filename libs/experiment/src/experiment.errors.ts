import { CodedError, type FieldError } from '#errors';

export function experimentNotFound(): CodedError {
  return new CodedError({
    kind: 'not_found',
    code: 'EXPERIMENT_NOT_FOUND',
    detail: 'There is no such experiment.',
  });
}

/** The write would make the experiment larger than one may be. */
export function experimentTooLarge(): CodedError {
  return new CodedError({
    kind: 'too_large',
    code: 'EXPERIMENT_TOO_LARGE',
    detail: 'An experiment may take 16 MiB at most, its documents written out in full.',
  });
}

/** Some of the experiments that were asked for together are not there; each is named. */
export function experimentsNotFound(fields: readonly FieldError[]): CodedError {
  return new CodedError({
    kind: 'not_found',
    code: 'EXPERIMENT_NOT_FOUND',
    detail: 'There is no such experiment.',
    fields,
  });
}
