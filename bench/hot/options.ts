import { readFlags, wholeNumber } from '../support/arguments.js';
import { filledPlace } from '../support/filled-place.js';
import { defaultDataDir, type Place } from '../support/target.js';
import type { Effort } from './run-case.js';

/** Of its own, and filled anew each time. */
const HOT_DATA_DIR = '.modeldb-bench/hot';
export const STREAMED_EXPERIMENTS = 100_000;

export const USAGE = `npm run bench -- [flags]

  --only <text>        only what has this in its name: a case, batches, streaming, startup
  --rounds <n>         turns for each program and case, at least 5 (default 5)
  --seconds <n>        seconds a turn (default 2)
  --place <place>      where requests and batches are measured: a folder or a postgresql:// address,
                       empty or from bench:fill; rows are added to it
                       (default ${HOT_DATA_DIR}, which is filled anew each time)
  --streaming <place>  what is streamed, from bench:fill
                       (default ${defaultDataDir(STREAMED_EXPERIMENTS)}, which is filled if it is not there)
  --help               this text`;

export interface BenchOptions {
  readonly only: string;
  readonly effort: Effort;
  readonly place: Place;
  /** Whether what is at the place is thrown away first. */
  readonly anew: boolean;
  readonly streaming: Place;
}

const FLAGS = {
  only: { type: 'string', default: '' },
  rounds: { type: 'string', default: '5' },
  seconds: { type: 'string', default: '2' },
  place: { type: 'string' },
  streaming: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/**
 * @returns undefined when the usage is asked for
 * @throws UsageError
 */
export function readOptions(args: string[]): BenchOptions | undefined {
  const { only, rounds, seconds, place, streaming, help } = readFlags(args, FLAGS);
  if (help) return undefined;
  return {
    only,
    effort: {
      rounds: wholeNumber('rounds', rounds, 5, 1000),
      seconds: wholeNumber('seconds', seconds, 1, 600),
    },
    place: place === undefined ? { dataDir: HOT_DATA_DIR } : placeOf(place),
    anew: place === undefined,
    streaming:
      streaming === undefined
        ? { dataDir: defaultDataDir(STREAMED_EXPERIMENTS) }
        : filledPlace(streaming),
  };
}

function placeOf(text: string): Place {
  return /^postgres(ql)?:/.test(text) ? { databaseUrl: text } : { dataDir: text };
}
