import type { Fields } from '../fields.js';
import type { Filter } from '../filter.types.js';
import type { Bindings } from './bindings.js';
import { betweenSql, compareSql, inSql, likeSql } from './condition-sql.js';
import { operandOf } from './operand.js';

/**
 * The filter as a boolean SQL expression, in parentheses. Nothing of the filter's text stands in it: keys and values
 * are bound.
 * @param fields - those that the filter was parsed with
 */
export function filterSql(filter: Filter, fields: Fields, bindings: Bindings): string {
  switch (filter.kind) {
    case 'and':
    case 'or': {
      const terms = filter.terms.map((term) => filterSql(term, fields, bindings));
      return `(${terms.join(filter.kind === 'and' ? ' AND ' : ' OR ')})`;
    }
    case 'not':
      return `(NOT ${filterSql(filter.term, fields, bindings)})`;
    default:
  }
  const operand = operandOf(filter.subject, fields, bindings);
  switch (filter.kind) {
    case 'compare':
      return compareSql(operand, filter.operator, filter.value, bindings);
    case 'in':
      return inSql(operand, filter.values, bindings);
    case 'between':
      return betweenSql(operand, filter.from, filter.to, bindings);
    case 'like':
      return likeSql(operand, filter.pattern, filter.ignoreCase, bindings);
    case 'null':
      return operand.isNull();
  }
}
