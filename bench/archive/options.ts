import { readFlags, wholeNumber } from '../support/arguments.js';

export const USAGE = `npm run bench:archive -- [flags]

  --experiments <n>     how many are exported and imported (default 100000)
  --data-dir <folder>   where databases and archives are made, anew each time (default .modeldb-bench/archive)
  --help                this text`;

export interface ArchiveOptions {
  readonly experiments: number;
  readonly dataDir: string;
}

const FLAGS = {
  experiments: { type: 'string', default: '100000' },
  'data-dir': { type: 'string', default: '.modeldb-bench/archive' },
  help: { type: 'boolean', default: false },
} as const;

/**
 * @returns undefined when the usage is asked for
 * @throws UsageError
 */
export function readOptions(args: string[]): ArchiveOptions | undefined {
  const { experiments, 'data-dir': dataDir, help } = readFlags(args, FLAGS);
  if (help) return undefined;
  return { dataDir, experiments: wholeNumber('experiments', experiments, 100, 10_000_000) };
}
