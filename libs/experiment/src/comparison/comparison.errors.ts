import { CodedError } from '#errors';

/** What is bounded is what the service has to hold at once. */
export function comparisonTooLarge(): CodedError {
  return new CodedError({
    kind: 'too_large',
    code: 'COMPARISON_TOO_LARGE',
    detail:
      'The experiments are too large to be put side by side: they may hold 32 MiB and 100,000 values together, and make a table of 1,000,000 cells. Ask for fewer.',
  });
}
