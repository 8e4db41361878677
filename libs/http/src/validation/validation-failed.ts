import { CodedError, type FieldError } from '#errors';

/** The 422 that names every wrong field; its detail tells the first. */
export function validationFailed(fields: readonly FieldError[]): CodedError {
  const [first, ...others] = fields;
  const more = others.length > 0 ? ` (and ${String(others.length)} more)` : '';
  return new CodedError({
    kind: 'invalid',
    code: 'VALIDATION_FAILED',
    detail: `${[first?.path, first?.message].filter(Boolean).join(' ')}${more}.`,
    fields,
  });
}
