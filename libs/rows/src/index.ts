export { columnsOf, findFields, isStored, rowClass, sizeOf, sourceOf } from './stored-row.js';
export type { RowClass, StoredColumn, StoredRow } from './stored-row.js';
