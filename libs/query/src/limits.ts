/** What a filter may be at most. Published in `docs/query-language.md`. */
export const queryLimits = {
  /** Characters (Unicode code points) of a text. */
  characters: 10_000,
  /** Conditions of a filter: comparisons, `IN`, `BETWEEN`, `LIKE` and `IS NULL`. */
  conditions: 200,
  /** Values in all `IN` lists of a filter together. */
  listValues: 1000,
  /** Parentheses and NOTs inside one another. */
  depth: 50,
  /** Keys of one path, the field included: as deep as documents may be. */
  pathKeys: 200,
  /** Digits of a number when it is written out without an exponent. */
  numberDigits: 400,
} as const;
