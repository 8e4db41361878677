import type { Literal, Operator } from '../filter.types.js';
import type { Bindings } from './bindings.js';
import type { Operand } from './operand.js';

type LiteralType = Literal['type'];

/** Neither true nor false: what a comparison of different types is. */
const UNKNOWN = 'NULL::boolean';

const SQL_TYPES: Readonly<Record<LiteralType, string>> = {
  number: 'numeric',
  string: 'text',
  boolean: 'boolean',
  time: 'timestamptz',
};

export function compareSql(
  { as }: Operand,
  operator: Operator,
  value: Literal,
  bindings: Bindings,
): string {
  const operand = as[value.type];
  if (operand === undefined) return UNKNOWN;
  if (operator === '=') return `(${operand()} = ${literalSql(value, bindings)})`;
  if (operator === '!=') return `(${operand()} <> ${literalSql(value, bindings)})`;
  if (isNaNLiteral(value)) return UNKNOWN;
  return `(${ordered(operand(), value.type)} ${operator} ${literalSql(value, bindings)})`;
}

export function betweenSql(
  { as }: Operand,
  from: Literal,
  to: Literal,
  bindings: Bindings,
): string {
  const operand = as[from.type];
  const comparable = from.type === to.type && !isNaNLiteral(from) && !isNaNLiteral(to);
  if (operand === undefined || !comparable) return UNKNOWN;
  const bounds = `${literalSql(from, bindings)} AND ${literalSql(to, bindings)}`;
  return `(${ordered(operand(), from.type)} BETWEEN ${bounds})`;
}

/** True in one type is true; false in one is false, although the others are unknown: `greatest` passes nulls over. */
export function inSql({ as }: Operand, values: readonly Literal[], bindings: Bindings): string {
  const types = [...new Set(values.map(({ type }) => type))];
  const perType = types.flatMap((type) => {
    const operand = as[type];
    if (operand === undefined) return [];
    const texts = values.filter((value) => value.type === type).map(literalText);
    return `${operand()} = ANY (${bindings.bind(texts)}::${SQL_TYPES[type]}[])`;
  });
  if (perType.length === 0) return UNKNOWN;
  return perType.length === 1 ? `(${perType.join('')})` : `greatest(${perType.join(', ')})`;
}

export function likeSql(
  { as }: Operand,
  pattern: string,
  ignoreCase: boolean,
  bindings: Bindings,
): string {
  if (as.string === undefined) return UNKNOWN;
  const bound = `${bindings.bind(pattern)}::text`;
  // Upper and lower case of all letters, also for the ids, whose collation knows those of ASCII only.
  if (ignoreCase) return `(${as.string()} COLLATE "default" ILIKE ${bound})`;
  return `(${as.string()} LIKE ${bound})`;
}

/** What has an order: text by code points, whatever the database's locale is, and NaN has none. */
function ordered(operand: string, type: LiteralType): string {
  if (type === 'string') return `${operand} COLLATE "C"`;
  return type === 'number' ? `nullif(${operand}, 'NaN'::numeric)` : operand;
}

function isNaNLiteral(value: Literal): boolean {
  return value.type === 'number' && value.text === 'NaN';
}

function literalText(value: Literal): string {
  return value.type === 'boolean' ? String(value.value) : value.text;
}

function literalSql(value: Literal, bindings: Bindings): string {
  return `${bindings.bind(literalText(value))}::${SQL_TYPES[value.type]}`;
}
