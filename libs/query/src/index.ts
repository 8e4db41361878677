export type { Field, Fields } from './fields.js';
export type { Condition, Filter, Literal, Operator, Ordering, Subject } from './filter.types.js';
export { queryLimits } from './limits.js';
export { necessary, type Atom } from './necessary.js';
export { parseFilter, parseOrdering, parseSubject, type SubjectOptions } from './parse/parse.js';
export { Bindings, type BoundValue } from './sql/bindings.js';
export { filterSql } from './sql/filter-sql.js';
export { jsonAt } from './sql/operand.js';
