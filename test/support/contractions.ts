/** Bodies of functions are what a later release calls, not what happens now. */
const BODY = /\$(\w*)\$[^]*?\$\1\$/g;

/** What takes something away that the release before may still use, or asks of it what it does not know. */
const RULES: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['something goes', /\bDROP (?:TABLE|COLUMN|FUNCTION|TRIGGER|VIEW|TYPE|DEFAULT)\b/i],
  ['something has another name', /\bRENAME\b/i],
  ['a column has another type', /\bALTER (?:COLUMN )?\w+ (?:SET DATA )?TYPE\b/i],
  ['a column must not be empty any more', /\bSET NOT NULL\b/i],
  [
    'a new column has to be filled',
    /\bADD COLUMN (?:(?!\bDEFAULT\b)[^,])*\bNOT NULL\b(?![^,]*\bDEFAULT\b)/i,
  ],
  ['rows go', /\b(?:TRUNCATE TABLE|DELETE FROM)\b/i],
];

/** What is asked of all rows of a table, also of those that the release before writes. */
const DEMAND =
  /\bALTER TABLE (?<altered>\w+)(?=[^;]*\bADD CONSTRAINT\b)[^;]*|\bCREATE UNIQUE INDEX \w+ ON (?<indexed>\w+)/gi;

/** What in the statements of a migration the release before could not live with. What it makes itself, nobody uses yet. */
export function contractionsOf(statements: readonly string[]): string[] {
  const text = statements.join(';\n').replaceAll(BODY, '').replaceAll(/\s+/g, ' ');
  const found = RULES.flatMap(([what, pattern]) => {
    const match = pattern.exec(text);
    return match ? [`${what}: ${match[0]}`] : [];
  });
  const made = new Set([...text.matchAll(/\bCREATE TABLE (\w+)/gi)].map(([, table]) => table));
  for (const { 0: demand, groups } of text.matchAll(DEMAND)) {
    const table = groups?.['altered'] ?? groups?.['indexed'];
    if (!made.has(table)) found.push(`something is demanded of rows: ${demand}`);
  }
  return found;
}
