import { readFlags, UsageError, wholeNumber } from '../support/arguments.js';

export const USAGE = `npm run bench:legacy -- [flags]

  --from <database>     what the old service used: sqlite (default) or postgresql
  --experiments <n>     how many it has (default 100000)
  --data-dir <folder>   where both databases are made, anew each time (default .modeldb-bench/legacy)
  --help                this text`;

export interface LegacyOptions {
  readonly from: 'sqlite' | 'postgresql';
  readonly experiments: number;
  readonly dataDir: string;
}

const FLAGS = {
  from: { type: 'string', default: 'sqlite' },
  experiments: { type: 'string', default: '100000' },
  'data-dir': { type: 'string', default: '.modeldb-bench/legacy' },
  help: { type: 'boolean', default: false },
} as const;

/**
 * @returns undefined when the usage is asked for
 * @throws UsageError
 */
export function readOptions(args: string[]): LegacyOptions | undefined {
  const { from, experiments, 'data-dir': dataDir, help } = readFlags(args, FLAGS);
  if (help) return undefined;
  if (from !== 'sqlite' && from !== 'postgresql') {
    throw new UsageError(`--from must be sqlite or postgresql, not "${from}"`);
  }
  return { from, dataDir, experiments: wholeNumber('experiments', experiments, 100, 10_000_000) };
}
