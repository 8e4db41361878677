import { CodedError, type FieldError } from '#errors';

/** Problems of one request that are told: an answer has to end somewhere. */
export const MAX_PROBLEMS = 100;

/** The 422 that names every wrong field, up to {@link MAX_PROBLEMS}; its detail tells the first. */
export function validationFailed(fields: readonly FieldError[]): CodedError {
  const [first, ...others] = fields;
  const more = others.length > 0 ? ` (and ${String(others.length)} more)` : '';
  return new CodedError({
    kind: 'invalid',
    code: 'VALIDATION_FAILED',
    detail: `${[first?.path, first?.message].filter(Boolean).join(' ')}${more}.`,
    fields: fields.slice(0, MAX_PROBLEMS),
  });
}
