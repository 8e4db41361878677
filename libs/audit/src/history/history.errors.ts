import { CodedError } from '#errors';

/** The events that would have to be undone are not kept any more. */
export function historyPruned(): CodedError {
  return new CodedError({
    kind: 'not_found',
    code: 'HISTORY_PRUNED',
    detail: 'What has changed since then is not kept any more: events of that time were pruned.',
  });
}
