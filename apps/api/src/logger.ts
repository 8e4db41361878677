import type { LoggerService } from '@nestjs/common';
import type { Config } from '#config';
import { pino, type Logger } from 'pino';
import pretty, { type PrettyStream } from 'pino-pretty';

type Write = (fields: object, message?: string) => void;

/** Nest's messages and ours as one stream on standard output: structured lines, or for a person who watches a terminal, text. */
export class PinoLogger implements LoggerService {
  readonly pino: Logger;

  /** @param worker - stands in each line */
  constructor(level: Config['logLevel'], worker?: number) {
    const logger = process.stdout.isTTY ? pino({ level }, forPeople()) : pino({ level });
    this.pino = worker === undefined ? logger : logger.child({ worker });
  }

  /** Nest tells in words at this level which routes and modules it found: of use only when debugging. What has fields is ours. */
  log(message: unknown, context?: unknown): void {
    const level = typeof message === 'object' ? 'info' : 'debug';
    write(this.pino[level].bind(this.pino), message, context);
  }

  debug(message: unknown, context?: unknown): void {
    write(this.pino.trace.bind(this.pino), message, context);
  }

  warn(message: unknown, context?: unknown): void {
    write(this.pino.warn.bind(this.pino), message, context);
  }

  error(message: unknown, ...context: unknown[]): void {
    write(this.pino.error.bind(this.pino), message, context.at(-1));
  }

  fatal(message: unknown, ...context: unknown[]): void {
    write(this.pino.fatal.bind(this.pino), message, context.at(-1));
  }
}

function forPeople(): PrettyStream {
  return pretty({ sync: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' });
}

function write(to: Write, message: unknown, context: unknown): void {
  if (message instanceof Error) to({ context, err: message });
  else if (typeof message === 'object' && message !== null) to({ context, ...message });
  else to({ context }, String(message));
}
