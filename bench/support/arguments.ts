import { parseArgs, type ParseArgsConfig } from 'node:util';

/** The command line asks for what does not exist; the message says what. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The flags of a command line; anything else on it is refused. @throws UsageError */
export function readFlags<Options extends NonNullable<ParseArgsConfig['options']>>(
  args: string[],
  options: Options,
) {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** @throws UsageError */
export function wholeNumber(flag: string, text: string, from: number, to: number): number {
  const value = /^\d{1,12}$/.test(text) ? Number(text) : NaN;
  if (value >= from && value <= to) return value;
  throw new UsageError(`--${flag} must be a whole number from ${from} to ${to}, not "${text}"`);
}
