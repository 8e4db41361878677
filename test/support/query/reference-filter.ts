import type { Condition, Filter, Literal, Operator, Subject } from '#query';
import { compare, compareNumbers, microseconds } from './exact.js';
import { JsonNumber, type Json, type JsonObject, type QueryRecord } from './record.js';

/** True, false, or null: unknown. */
export type Verdict = boolean | null;

/** What a subject is worth in a record, with a reading for each type that it counts as. */
interface Found {
  readonly isNull: boolean;
  readonly number?: string;
  readonly string?: string;
  readonly boolean?: boolean;
  readonly time?: string;
}

const NOTHING: Found = { isNull: true };
const NUMBERS_IN_TEXT = ['NaN', 'Infinity', '-Infinity'];

/** What `docs/query-language.md` says a filter means, as plainly as it can be written. */
export function evaluate(filter: Filter, record: QueryRecord): Verdict {
  switch (filter.kind) {
    case 'and':
      return all(filter.terms.map((term) => evaluate(term, record)));
    case 'or':
      return not(all(filter.terms.map((term) => not(evaluate(term, record)))));
    case 'not':
      return not(evaluate(filter.term, record));
    default:
      return condition(filter, find(filter.subject, record));
  }
}

function not(verdict: Verdict): Verdict {
  return verdict === null ? null : !verdict;
}

function all(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes(false)) return false;
  return verdicts.includes(null) ? null : true;
}

function condition(filter: Condition, found: Found): Verdict {
  switch (filter.kind) {
    case 'null':
      return found.isNull;
    case 'compare':
      return compared(found, filter.operator, filter.value);
    case 'between':
      if (filter.from.type !== filter.to.type || isNaNText(filter.from) || isNaNText(filter.to))
        return null;
      return all([compared(found, '>=', filter.from), compared(found, '<=', filter.to)]);
    case 'in': {
      const verdicts = filter.values.map((value) => compared(found, '=', value));
      if (verdicts.includes(true)) return true;
      return verdicts.includes(false) ? false : null;
    }
    case 'like':
      if (found.string === undefined) return null;
      return like(found.string, filter.pattern, filter.ignoreCase);
  }
}

function find({ path }: Subject, record: QueryRecord): Found {
  const [name, ...keys] = path;
  if (name === 'created') {
    return record.created === null ? NOTHING : { isNull: false, time: record.created };
  }
  if (name === 'name' || name === 'version') {
    const text = record[name];
    return text === null ? NOTHING : { isNull: false, string: text };
  }
  let value: Json | undefined = record[name as 'parameters' | 'evaluations'];
  for (const key of keys) value = value instanceof Map ? (value as JsonObject).get(key) : undefined;
  return read(value);
}

function read(value: Json | undefined): Found {
  if (value === null || value === undefined) return NOTHING;
  if (value instanceof JsonNumber) return { isNull: false, number: value.text };
  if (typeof value === 'boolean') return { isNull: false, boolean: value };
  if (typeof value !== 'string') return { isNull: false };
  const number = NUMBERS_IN_TEXT.includes(value) ? { number: value } : {};
  return { isNull: false, string: value, ...number };
}

function compared(found: Found, operator: Operator, value: Literal): Verdict {
  if (value.type === 'number' && found.number !== undefined) {
    const [a, b] = [found.number, value.text];
    if (a === 'NaN' || b === 'NaN') return withNaN(operator, a === b);
    return holds(operator, compareNumbers(a, b));
  }
  if (value.type === 'boolean' && found.boolean !== undefined) {
    return holds(operator, found.boolean === value.value ? 0 : 1);
  }
  if (value.type === 'string' && found.string !== undefined) {
    return holds(operator, Buffer.compare(Buffer.from(found.string), Buffer.from(value.text)));
  }
  if (value.type === 'time' && found.time !== undefined) {
    return holds(operator, compare(microseconds(found.time), microseconds(value.text)));
  }
  return null;
}

function isNaNText(value: Literal): boolean {
  return value.type === 'number' && value.text === 'NaN';
}

function withNaN(operator: Operator, same: boolean): Verdict {
  if (operator === '=') return same;
  return operator === '!=' ? !same : null;
}

function holds(operator: Operator, order: number): boolean {
  const outcomes: Record<Operator, boolean> = {
    '=': order === 0,
    '!=': order !== 0,
    '<': order < 0,
    '<=': order <= 0,
    '>': order > 0,
    '>=': order >= 0,
  };
  return outcomes[operator];
}

const SYNTAX = /[\\^$.*+?()[\]{}|/]/;

function like(text: string, pattern: string, ignoreCase: boolean): boolean {
  let source = '';
  let escaped = false;
  for (const character of ignoreCase ? pattern.toLowerCase() : pattern) {
    if (!escaped && character === '\\') {
      escaped = true;
      continue;
    }
    if (!escaped && character === '%') source += '[^]*';
    else if (!escaped && character === '_') source += '[^]';
    else source += SYNTAX.test(character) ? `\\${character}` : character;
    escaped = false;
  }
  return new RegExp(`^${source}$`, 'u').test(ignoreCase ? text.toLowerCase() : text);
}
