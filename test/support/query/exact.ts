/** Compares two numbers as they are written, digit by digit: -1, 0 or 1. Infinity is a number, NaN is none. */
export function compareNumbers(a: string, b: string): number {
  const [left, right] = [infinite(a), infinite(b)];
  if (left !== 0 || right !== 0) return Math.sign(left - right);
  const [x, y] = [decimal(a), decimal(b)];
  const exponent = Math.min(x.exponent, y.exponent);
  return compare(scaled(x, exponent), scaled(y, exponent));
}

/** Microseconds since 1970. */
export function microseconds(time: string): bigint {
  const [, fraction = ''] = /\.(\d+)/.exec(time) ?? [];
  const milliseconds = Date.parse(time.replace(/\.\d+/, ''));
  return BigInt(milliseconds) * 1000n + BigInt(fraction.padEnd(6, '0'));
}

export function compare<T extends bigint | number>(a: T, b: T): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function infinite(text: string): number {
  if (text === 'Infinity') return 1;
  return text === '-Infinity' ? -1 : 0;
}

interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

function decimal(text: string): Decimal {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
}

function scaled({ digits, exponent }: Decimal, to: number): bigint {
  return digits * 10n ** BigInt(exponent - to);
}
