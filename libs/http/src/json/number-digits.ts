const PARTS = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/**
 * How many digits a JSON number has when it is written out without an exponent, which is how PostgreSQL keeps it:
 * `1e3` → 4, `1e-3` → 4 (`0.001`), `12.50` → 4.
 */
export function writtenOutDigits(number: string): number {
  const [, whole = '', fraction = '', exponent = '0'] = PARTS.exec(number) ?? [];
  const shift = Number(exponent);
  const before = Math.max(whole.length + shift, 1);
  const after = Math.max(fraction.length - shift, 0);
  return before + after;
}
