import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** One for each user of the machine: the folder of another may not be written to. */
const OUTPUT_FOLDER = join(tmpdir(), `modeldb-iris-${String(process.getuid?.() ?? 'user')}`);

export const USAGE = `npm run example -- [flags]

  --url <url>      the running Model DB (default: MODELDB_URL, else http://127.0.0.1:8000)
  --out <folder>   where trained models and the acknowledged ids are written
                   (default: ${OUTPUT_FOLDER})
  --seed <n>       the first seed (default 7)
  --repeats <n>    how many seeds, counted up from the first (default 5)
  --wait <s>       how long to wait for a service that does not answer, in seconds (default 30)
  --verify         train nothing; check that every experiment acknowledged before is still there
  --help           this text`;

/** The command line asks for something that does not exist; the message says what. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface Options {
  readonly url: string;
  readonly outputFolder: string;
  readonly seeds: readonly number[];
  readonly patienceMs: number;
  readonly verify: boolean;
  readonly help: boolean;
}

const FLAGS = {
  url: { type: 'string' },
  out: { type: 'string' },
  seed: { type: 'string', default: '7' },
  repeats: { type: 'string', default: '5' },
  wait: { type: 'string', default: '30' },
  verify: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** @throws UsageError for an unknown flag or a value that cannot be. */
export function readOptions(args: string[], environment: NodeJS.ProcessEnv): Options {
  const flags = parse(args);
  const firstSeed = wholeNumber('--seed', flags.seed, 0, 1_000_000_000);
  const repeats = wholeNumber('--repeats', flags.repeats, 1, 1000);
  return {
    url: webAddress(flags.url ?? environment['MODELDB_URL'] ?? ''),
    // Outside the checkout by default: thousands of files would slow down watchers and linters.
    outputFolder: resolve(flags.out ?? OUTPUT_FOLDER),
    seeds: Array.from({ length: repeats }, (_, index) => firstSeed + index),
    patienceMs: wholeNumber('--wait', flags.wait, 0, 86_400) * 1000,
    verify: flags.verify,
    help: flags.help,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: FLAGS }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function wholeNumber(flag: string, text: string, from: number, to: number): number {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
  if (value >= from && value <= to) return value;
  throw new UsageError(`${flag} must be a whole number from ${from} to ${to}, not "${text}"`);
}

function webAddress(given: string): string {
  // Empty counts as absent, as it does for the service's own variables.
  const text = given === '' ? 'http://127.0.0.1:8000' : given;
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new UsageError(`the address must look like http://127.0.0.1:8000, not "${text}"`);
  }
  return text.replace(/\/+$/, '');
}
