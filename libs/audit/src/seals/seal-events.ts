import type { Database } from '#database';
import { CodedError } from '#errors';
import { SEAL, SEAL_EVENTS, sealedElsewhere } from './seals.sql.js';
import type { SealRow } from './seals.types.js';

/**
 * Seals what can be sealed.
 * @param onSeal - is told each seal that was made
 * @returns how many events were sealed
 */
export async function sealEvents(
  database: Database,
  onSeal: (seal: SealRow) => void,
): Promise<number> {
  let sealed = 0;
  for (;;) {
    const seal = await sealSome(database);
    if (!seal) return sealed;
    onSeal(seal);
    sealed += Number(seal.events);
    if (Number(seal.events) < SEAL_EVENTS) return sealed;
  }
}

async function sealSome(database: Database): Promise<SealRow | undefined> {
  try {
    return await database.find<SealRow>(SEAL, []);
  } catch (error) {
    if (error instanceof CodedError && error.code === sealedElsewhere().code) return undefined;
    throw error;
  }
}
