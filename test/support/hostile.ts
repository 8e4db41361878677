/** Texts that are hard to carry, and must come back as they went. */
export const STORABLE_TEXTS: [string, string][] = [
  ['emoji', '🌱👩‍🔬🏳️‍🌈'],
  ['right to left', 'نموذج التعلم שלום'],
  ['combining marks', 'e\u0301 Z\u0351\u036B\u0343\u036A\u0302\u036B\u033D\u034F'],
  ['composed, not combined', '\u00e9'],
  ['a slash', 'a/b//c/../d/.'],
  ['percent signs', '100%25%2F%zz%'],
  ['URL characters', '?x=1&y#z;+ @:'],
  ['quotes', `"double" 'single' \`back\``],
  ['backslashes', '\\ \\\\ \\n \\u0000'],
  ['SQL', `'; DROP TABLE projects; --`],
  ['SQL with dollars', `$1 $$ $x$ %s :name ?`],
  ['a template', '${1+1} {{7*7}} <script>alert(1)</script>'],
  ['control characters', '\u0001\t\n\r\u001f\u007f\u0085\u2028\u2029'],
  ['white space around', '  padded\u00a0'],
  ['a prototype', '__proto__'],
  ['a constructor', 'constructor'],
  ['the longest', '🌱'.repeat(255)],
  ['noncharacters', '\ufffd\ufffe\uffff\u{10ffff}'],
];

/** JSON texts of strings that PostgreSQL cannot store. */
export const UNSTORABLE_STRINGS: [string, string][] = [
  ['NUL', '"a\\u0000b"'],
  ['a high surrogate alone', '"\\ud800"'],
  ['a low surrogate alone', '"x\\udc00y"'],
  ['surrogates in the wrong order', '"\\udc00\\ud800"'],
];

/** Path segments, as they are sent, under which nothing can be found. */
export const HOSTILE_SEGMENTS: [string, string, number[]][] = [
  ['an incomplete escape', '%E0%A4%A', [400]],
  ['an escape that is none', '%zz', [400]],
  ['an escape that is not UTF-8', '%ff%fe', [400]],
  ['an overlong escape', '%c0%af', [400]],
  ['an escaped surrogate', '%ed%a0%80', [400]],
  ['NUL', 'a%00b', [422]],
  ['10,000 characters', 'x'.repeat(10_000), [404]],
  ['SQL', encodeURIComponent(`' OR '1'='1`), [404]],
  ['a parent', '%2e%2e%2f%2e%2e', [404]],
  ['an inherited property', 'toString', [404]],
  ['emoji', encodeURIComponent('🌱'), [404]],
  ['a percent sign', '%25', [404]],
];

/** An object of that many levels, as JSON text. */
export function nested(levels: number): string {
  return `${'{"a":'.repeat(levels - 1)}{}${'}'.repeat(levels - 1)}`;
}
