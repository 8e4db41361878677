import fc from 'fast-check';
import type { Condition, Filter, Literal, Subject } from '#query';
import { JsonNumber, type Json, type JsonObject, type QueryRecord } from './record.js';

// Filters and records draw from the same few values, so that they meet often.
const NUMBERS = [
  ...['0', '5', '5.0', '-1', '0.9', '1e3', '1000.00', '1e-3', '9007199254740992', '1e300'],
  ...['9007199254740993', '0.1', '0.10000000000000000001', `1${'0'.repeat(399)}`],
];
const TEXTS = [
  ...['adam', 'Adam', 'ADAMW', 'sgd', 'NaN', 'Infinity', '-Infinity', '5', '', 'true', 'null'],
  ...['a%b', 'a_b', 'a\\b', "it's", '"quoted"', 'größe', 'GRÖSSE', '🌱', '\uffff', '\ufb00'],
  ...['2026-01-31', 'line\nbreak', "'; DROP TABLE records; --", '$1', '.*', '[^a]{2}'],
];
const TIMES = [
  ...['2026-01-31T00:00:00Z', '2026-01-31T10:00:00.123456Z', '2026-01-31T10:00:00.123457Z'],
  ...['2026-01-31T12:00:00.123456+02:00', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999999Z'],
];
const PATTERNS = [
  ...['%', '', 'a%', '%a%', 'a_b', String.raw`a\%b`, String.raw`a\_b`, String.raw`%\\%`, '_'],
  ...['adam', 'ADAM%', '%GRÖ%', '____', '🌱', '%\n%', '.*', String.raw`\a%`, '__', '[^a]%'],
];
const KEYS = ['lr', 'F1 score', 'größe', 'a.b', 'in', '__proto__', '0', '', 'a"b`c', '🌱'];

const from = <T>(values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const key = from(KEYS);

const leaf: fc.Arbitrary<Json> = fc.oneof(
  { arbitrary: from(NUMBERS).map((text) => new JsonNumber(text)), weight: 4 },
  { arbitrary: from(TEXTS), weight: 4 },
  fc.boolean(),
  fc.constant(null),
  from(NUMBERS).map((text) => [new JsonNumber(text), 'adam']),
);
const inner = members(leaf);
const document = fc.option(members(fc.oneof({ arbitrary: leaf, weight: 4 }, inner)));

function members(value: fc.Arbitrary<Json>): fc.Arbitrary<JsonObject> {
  return fc.array(fc.tuple(key, value), { maxLength: 8 }).map((entries) => new Map(entries));
}

export const records: fc.Arbitrary<QueryRecord> = fc.record({
  name: fc.option(from(TEXTS)),
  version: fc.option(from(TEXTS)),
  created: fc.option(from(TIMES)),
  parameters: document,
  evaluations: document,
});

const number: fc.Arbitrary<Literal> = from([...NUMBERS, 'NaN', 'Infinity', '-Infinity']).map(
  (text) => ({ type: 'number', text }),
);
const text: fc.Arbitrary<Literal> = from(TEXTS).map((value) => ({ type: 'string', text: value }));
const boolean: fc.Arbitrary<Literal> = fc.boolean().map((value) => ({ type: 'boolean', value }));
const time: fc.Arbitrary<Literal> = from(TIMES).map((value) => ({ type: 'time', text: value }));

const keyPath = fc.tuple(from(['parameters', 'evaluations']), key);
const deepPath = fc.tuple(from(['parameters', 'evaluations']), key, key);
const column = fc.tuple(from(['name', 'version', 'created']));
const whole = fc.tuple(from(['parameters', 'evaluations', 'name', 'created']));
const subjectOf = (path: fc.Arbitrary<[string, ...string[]]>): fc.Arbitrary<Subject> =>
  path.map((keys) => ({ path: keys, line: 1, column: 1 }));
const valued = subjectOf(fc.oneof({ arbitrary: keyPath, weight: 4 }, deepPath, column));

/** Text is read as a time where the column is one, so no text is compared with it as text. */
const ordered = ({ path }: Subject): fc.Arbitrary<Literal> =>
  path[0] === 'created'
    ? fc.oneof({ arbitrary: time, weight: 4 }, number)
    : fc.oneof({ arbitrary: number, weight: 4 }, { arbitrary: text, weight: 4 }, time);
const any = (subject: Subject): fc.Arbitrary<Literal> =>
  fc.oneof({ arbitrary: ordered(subject), weight: 4 }, boolean);

const conditions: fc.Arbitrary<Condition> = fc.oneof(
  valued.chain((subject) =>
    fc.record({
      kind: fc.constant('compare' as const),
      subject: fc.constant(subject),
      operator: from(['=', '!='] as const),
      value: any(subject),
    }),
  ),
  valued.chain((subject) =>
    fc.record({
      kind: fc.constant('compare' as const),
      subject: fc.constant(subject),
      operator: from(['<', '<=', '>', '>='] as const),
      value: ordered(subject),
    }),
  ),
  valued.chain((subject) =>
    fc.record({
      kind: fc.constant('in' as const),
      subject: fc.constant(subject),
      values: fc.array(any(subject), { minLength: 1, maxLength: 5 }),
    }),
  ),
  valued.chain((subject) =>
    fc.record({
      kind: fc.constant('between' as const),
      subject: fc.constant(subject),
      from: ordered(subject),
      to: ordered(subject),
    }),
  ),
  fc.record({
    kind: fc.constant('like' as const),
    subject: valued,
    pattern: from(PATTERNS),
    ignoreCase: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('null' as const), subject: fc.oneof(valued, subjectOf(whole)) }),
);

/** Filters on the fields of {@link QueryRecord}, a few levels deep. */
export const filters: fc.Arbitrary<Filter> = fc.letrec<{ filter: Filter; joined: Filter }>(
  (tie) => ({
    filter: fc.oneof(
      { maxDepth: 4 },
      { arbitrary: conditions, weight: 3 },
      fc.record({ kind: fc.constant('not' as const), term: tie('filter') }),
      tie('joined'),
    ),
    joined: fc.record({
      kind: from(['and', 'or'] as const),
      terms: fc.array(tie('filter'), { minLength: 2, maxLength: 4 }),
    }),
  }),
).filter;
