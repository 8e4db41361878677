import { CodedError } from '#errors';
import { parseOrdering, parseSubject } from '#query';
import { EXPERIMENT_FIELDS } from '../experiment-fields.js';

/** Where fields are named, and the code when one is wrong. */
export const FIELD = { path: 'fields', code: 'INVALID_FIELD' } as const;

/** No experiment that is asked for has a number to be ranked by. */
export function evaluationNotFound(): CodedError {
  return new CodedError({
    kind: 'not_found',
    code: 'EVALUATION_NOT_FOUND',
    detail: 'No such experiment has a number under this evaluation, or of this metric.',
  });
}

/** The path is longer than what experiments are ranked by. */
export function evaluationTooLong(): CodedError {
  const message = 'must be a path of at most 255 bytes';
  return new CodedError({
    kind: 'invalid',
    code: 'VALIDATION_FAILED',
    detail: `evaluation ${message}.`,
    fields: [{ path: 'evaluation', message }],
  });
}

/** A ranking goes by one number. */
export function oneMeasure(): CodedError {
  const message = 'is required, or metric instead of it';
  return new CodedError({
    kind: 'invalid',
    code: 'VALIDATION_FAILED',
    detail: `evaluation ${message}.`,
    fields: [{ path: 'evaluation', message }],
  });
}

/** What can be wrong with an order, by example. */
export function invalidOrder(): CodedError {
  return exampleOf(() => parseOrdering('evaluations', EXPERIMENT_FIELDS));
}

/** What can be wrong with the name of a field, by example. */
export function invalidField(): CodedError {
  return exampleOf(() => parseSubject('evaluation.accuracy', EXPERIMENT_FIELDS, FIELD));
}

function exampleOf(mistake: () => unknown): CodedError {
  try {
    mistake();
  } catch (error) {
    return error as CodedError;
  }
  throw new Error('The example of a mistake is right.');
}
