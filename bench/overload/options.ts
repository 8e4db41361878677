import { readFlags, wholeNumber } from '../support/arguments.js';

/** Of its own, and filled anew each time. */
export const DATA_DIR = '.modeldb-bench/overload';

export const USAGE = `npm run bench:overload -- [flags]

  --seconds <n>      how long there is too much load, at least 5 (default 60)
  --times <n>        how many times as much as the service has capacity for (default 10)
  --clients <n>      how many connections the capacity is measured with (default 64)
  --connections <n>  how many the overload may have (default: so many times the clients)
  --help             this text`;

export interface OverloadOptions {
  readonly seconds: number;
  readonly times: number;
  readonly clients: number;
  readonly connections: number;
}

const FLAGS = {
  seconds: { type: 'string', default: '60' },
  times: { type: 'string', default: '10' },
  clients: { type: 'string', default: '64' },
  connections: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/**
 * @returns undefined when the usage is asked for
 * @throws UsageError
 */
export function readOptions(args: string[]): OverloadOptions | undefined {
  const { seconds, times, clients, connections, help } = readFlags(args, FLAGS);
  if (help) return undefined;
  const many = wholeNumber('times', times, 1, 1000);
  const few = wholeNumber('clients', clients, 1, 1000);
  return {
    seconds: wholeNumber('seconds', seconds, 5, 3600),
    times: many,
    clients: few,
    connections:
      connections === undefined ? many * few : wholeNumber('connections', connections, 1, 15_000),
  };
}
