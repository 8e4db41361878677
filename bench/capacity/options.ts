import { readFlags, UsageError, wholeNumber } from '../support/arguments.js';
import type { Place } from '../support/target.js';
import type { Amounts } from './write-records.js';

const DATA_DIR = '.modeldb-bench/capacity';

export const USAGE = `npm run bench:capacity -- [flags]

  --experiments <n>      how many are recorded, in batches (default 100000)
  --points <n>           how many points of metrics (default 1000000)
  --changes <n>          how many single changes, each with an Idempotency-Key (default 2000)
  --data-dir <folder>    where the embedded PostgreSQL keeps them (default ${DATA_DIR})
  --database-url <url>   use this database instead; it has to be empty
  --help                 this text`;

export interface CapacityOptions {
  readonly amounts: Amounts;
  readonly place: Place;
}

const FLAGS = {
  experiments: { type: 'string', default: '100000' },
  points: { type: 'string', default: '1000000' },
  changes: { type: 'string', default: '2000' },
  'data-dir': { type: 'string' },
  'database-url': { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/**
 * @returns undefined when the usage is asked for
 * @throws UsageError
 */
export function readOptions(args: string[]): CapacityOptions | undefined {
  const flags = readFlags(args, FLAGS);
  if (flags.help) return undefined;
  const { 'data-dir': dataDir, 'database-url': databaseUrl } = flags;
  if (dataDir !== undefined && databaseUrl !== undefined) {
    throw new UsageError('--data-dir and --database-url exclude each other');
  }
  return {
    amounts: {
      experiments: wholeNumber('experiments', flags.experiments, 100, 100_000_000),
      points: wholeNumber('points', flags.points, 10_000, 10_000_000_000),
      changes: wholeNumber('changes', flags.changes, 1, 1_000_000),
    },
    place: databaseUrl === undefined ? { dataDir: dataDir ?? DATA_DIR } : { databaseUrl },
  };
}
