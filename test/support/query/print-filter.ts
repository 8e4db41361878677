import type { Filter, Literal, Subject } from '#query';

/** Writes a filter as text that parses to the same tree. */
export function printFilter(filter: Filter): string {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.terms.map(printTerm).join(` ${filter.kind.toUpperCase()} `);
    case 'not':
      return `NOT ${printTerm(filter.term)}`;
    default:
  }
  const subject = printSubject(filter.subject);
  switch (filter.kind) {
    case 'compare':
      return `${subject} ${filter.operator} ${printLiteral(filter.value)}`;
    case 'in':
      return `${subject} IN (${filter.values.map(printLiteral).join(', ')})`;
    case 'between':
      return `${subject} BETWEEN ${printLiteral(filter.from)} AND ${printLiteral(filter.to)}`;
    case 'like':
      return `${subject} ${filter.ignoreCase ? 'ILIKE' : 'LIKE'} ${quote(filter.pattern, "'")}`;
    case 'null':
      return `${subject} IS NULL`;
  }
}

function printTerm(filter: Filter): string {
  const text = printFilter(filter);
  return filter.kind === 'and' || filter.kind === 'or' ? `(${text})` : text;
}

function printSubject({ path }: Pick<Subject, 'path'>): string {
  const [name, ...keys] = path;
  return [name, ...keys.map((key) => quote(key, '"'))].join('.');
}

function printLiteral(value: Literal): string {
  if (value.type === 'boolean') return value.value ? 'TRUE' : 'FALSE';
  return value.type === 'string' ? quote(value.text, "'") : value.text;
}

function quote(text: string, mark: string): string {
  return `${mark}${text.replaceAll(mark, mark + mark)}${mark}`;
}

/** A tree without where its subjects stand, to compare it with another. */
export function withoutPlaces(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPlaces);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== 'line' && key !== 'column');
  return Object.fromEntries(entries.map(([key, member]) => [key, withoutPlaces(member)]));
}
