import { recordTag } from '#database';
import { notPermitted, recordChanged, type CodedError } from '#errors';
import type { WriteRequest } from '#http';

/** What is to be known of a record to say why it was not changed. */
interface Unchanged {
  readonly project_id: string;
  readonly updated_datetime: string;
}

/**
 * Says why a change found nothing to change: there is no such record that the caller may see, or the caller may not change
 * it, or it is in none of the states that the request expects.
 * @param current - reads the record as the caller sees it now, or throws `notFound`
 */
export async function refuseChange(
  { expected, caller: { access } }: WriteRequest,
  notFound: () => CodedError,
  current: () => Promise<Unchanged>,
): Promise<never> {
  if (!expected && access.hasEverywhere('editor')) throw notFound();
  const record = await current();
  if (!access.has('editor', record.project_id)) throw notPermitted();
  throw expected ? recordChanged(recordTag(record)) : notFound();
}
