/** A decimal as sign, digits and exponent, so that two spellings of one number are equal and no two numbers are. */
export function decimal(text: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (!match) throw new Error(`Not a number: ${text}`);
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  const shift = Number(exponent) - fraction.length + (digits.length - significant.length);
  return `${sign}${significant}e${String(shift)}`;
}

const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;

/**
 * What a JSON text says, to the last digit: as `JSON.parse` reads it, but with each number as the text `n` and its
 * {@link decimal}, and with an `s` before each string and each key.
 */
export function exactJson(text: string): unknown {
  const tagged = text.replaceAll(STRING_OR_NUMBER, (token) =>
    token.startsWith('"') ? `"s${token.slice(1)}` : `"n${decimal(token)}"`,
  );
  return JSON.parse(tagged);
}
