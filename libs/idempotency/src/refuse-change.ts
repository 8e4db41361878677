import { recordTag } from '#database';
import { recordChanged, type CodedError } from '#errors';
import type { WriteRequest } from '#http';

/**
 * Says why a change found nothing to change: there is no such record, or none in a state that the request expects.
 * @param current - reads the record as it is now, or throws `notFound`
 */
export async function refuseChange(
  { expected }: WriteRequest,
  notFound: () => CodedError,
  current: () => Promise<{ readonly updated_datetime: string }>,
): Promise<never> {
  if (!expected) throw notFound();
  throw recordChanged(recordTag(await current()));
}
