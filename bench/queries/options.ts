import { readFlags, wholeNumber } from '../support/arguments.js';
import { filledPlace } from '../support/filled-place.js';
import { defaultDataDir, type Place } from '../support/target.js';
import type { Effort } from './measure.js';

export const USAGE = `npm run bench:queries -- [flags]

  --large <place>   the larger data set: a folder or a postgresql:// address
                    (default ${defaultDataDir(1_000_000)})
  --small <place>   the smaller one (default ${defaultDataDir(100_000)})
  --only <text>     only the cases that have this in their names
  --rounds <n>      turns for each program and case, at least 5 (default 7)
  --ms <n>          milliseconds a turn (default 500)
  --help            this text`;

export interface QueryOptions {
  readonly large: Place;
  readonly small: Place;
  readonly only: string;
  readonly effort: Effort;
}

const FLAGS = {
  large: { type: 'string', default: defaultDataDir(1_000_000) },
  small: { type: 'string', default: defaultDataDir(100_000) },
  only: { type: 'string', default: '' },
  rounds: { type: 'string', default: '7' },
  ms: { type: 'string', default: '500' },
  help: { type: 'boolean', default: false },
} as const;

/**
 * @returns undefined when the usage is asked for
 * @throws UsageError
 */
export function readOptions(args: string[]): QueryOptions | undefined {
  const flags = readFlags(args, FLAGS);
  if (flags.help) return undefined;
  return {
    large: filledPlace(flags.large),
    small: filledPlace(flags.small),
    only: flags.only,
    effort: {
      rounds: wholeNumber('rounds', flags.rounds, 5, 1000),
      seconds: wholeNumber('ms', flags.ms, 1, 60_000) / 1000,
    },
  };
}
