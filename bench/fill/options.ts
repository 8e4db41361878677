import type { DataSet } from '../data/placement.js';
import { readFlags, UsageError, wholeNumber } from '../support/arguments.js';
import { defaultDataDir, type Place } from '../support/target.js';

export const USAGE = `npm run bench:fill -- [flags]

  --experiments <n>      how many (default 1000000)
  --data-dir <folder>    where the embedded PostgreSQL keeps them (default .modeldb-bench/<n>)
  --database-url <url>   fill this database instead; it gets the newest schema
  --replace              delete every project, model and experiment in it first
  --seed <n>             another seed makes other data (default 1)
  --help                 this text`;

export interface FillOptions {
  readonly dataSet: DataSet;
  readonly place: Place;
  readonly replace: boolean;
}

const FLAGS = {
  experiments: { type: 'string', default: '1000000' },
  'data-dir': { type: 'string' },
  'database-url': { type: 'string' },
  replace: { type: 'boolean', default: false },
  seed: { type: 'string', default: '1' },
  help: { type: 'boolean', default: false },
} as const;

/**
 * @returns undefined when the usage is asked for
 * @throws UsageError for an unknown flag or a value that cannot be
 */
export function readOptions(args: string[]): FillOptions | undefined {
  const flags = readFlags(args, FLAGS);
  if (flags.help) return undefined;
  // The smallest with four needles in the probe and four outside it.
  const experiments = wholeNumber('experiments', flags.experiments, 100, 1_000_000_000);
  const { 'data-dir': dataDir, 'database-url': databaseUrl } = flags;
  if (dataDir !== undefined && databaseUrl !== undefined) {
    throw new UsageError('--data-dir and --database-url exclude each other');
  }
  return {
    dataSet: { seed: wholeNumber('seed', flags.seed, 0, 2 ** 31), experiments },
    place:
      databaseUrl === undefined
        ? { dataDir: dataDir ?? defaultDataDir(experiments) }
        : { databaseUrl },
    replace: flags.replace,
  };
}
