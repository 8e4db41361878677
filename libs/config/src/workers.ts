import { availableParallelism } from 'node:os';
import { z } from 'zod';

/** More than a machine has cores that one PostgreSQL could keep busy. */
const MOST = 64;

/** How many processes serve. */
export const workers = z
  .string()
  .regex(/^(?:auto|\d{1,2})$/, `must be auto or a whole number from 1 to ${String(MOST)}`)
  .transform((text) => (text === 'auto' ? text : Number(text)))
  .refine(
    (value) => value === 'auto' || (value >= 1 && value <= MOST),
    `must be auto or a whole number from 1 to ${String(MOST)}`,
  )
  .default(1);

interface WorkersEnvironment {
  readonly MODELDB_WORKERS: number | 'auto';
  readonly DATABASE_POOL_SIZE: number;
}

/**
 * `auto`: one for each core that this process may use. Never more than there are connections to share.
 * @param tell - is told each problem: the variable, and what is wrong with it
 */
export function workersOf(
  { MODELDB_WORKERS: wanted, DATABASE_POOL_SIZE: connections }: WorkersEnvironment,
  tell: (name: keyof WorkersEnvironment, message: string) => void,
): number {
  if (wanted === 'auto') return Math.min(availableParallelism(), connections, MOST);
  if (wanted > connections) {
    tell(
      'MODELDB_WORKERS',
      `cannot be more than DATABASE_POOL_SIZE, which is ${String(connections)}: each worker needs a connection`,
    );
  }
  return wanted;
}
