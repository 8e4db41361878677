import { readFlags, wholeNumber } from '../support/arguments.js';
import { filledPlace } from '../support/filled-place.js';
import { defaultDataDir, type Place } from '../support/target.js';

export const USAGE = `npm run bench:concurrency -- [flags]

  --place <place>   the data set: a folder or a postgresql:// address
                    (default ${defaultDataDir(1_000_000)})
  --clients <n>     how many search at once (default 50)
  --seconds <n>     for how long, at least 20 (default 60)
  --help            this text`;

export interface ConcurrencyOptions {
  readonly place: Place;
  readonly clients: number;
  readonly seconds: number;
}

const FLAGS = {
  place: { type: 'string', default: defaultDataDir(1_000_000) },
  clients: { type: 'string', default: '50' },
  seconds: { type: 'string', default: '60' },
  help: { type: 'boolean', default: false },
} as const;

/**
 * @returns undefined when the usage is asked for
 * @throws UsageError
 */
export function readOptions(args: string[]): ConcurrencyOptions | undefined {
  const flags = readFlags(args, FLAGS);
  if (flags.help) return undefined;
  return {
    place: filledPlace(flags.place),
    clients: wholeNumber('clients', flags.clients, 1, 1000),
    seconds: wholeNumber('seconds', flags.seconds, 20, 86_400),
  };
}
