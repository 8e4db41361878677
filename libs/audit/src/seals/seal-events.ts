import type { Database } from '#database';
import { CodedError } from '#errors';
import { SEAL, sealedElsewhere } from './seals.sql.js';
import type { SealRow } from './seals.types.js';

interface NewSealRow extends SealRow {
  /** There is more. */
  readonly is_cut: boolean;
}

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
    const { is_cut: isCut, ...row } = seal;
    onSeal(row);
    sealed += Number(row.events);
    if (!isCut) return sealed;
  }
}

async function sealSome(database: Database): Promise<NewSealRow | undefined> {
  try {
    return await database.find<NewSealRow>(SEAL, []);
  } catch (error) {
    if (error instanceof CodedError && error.code === sealedElsewhere().code) return undefined;
    throw error;
  }
}
