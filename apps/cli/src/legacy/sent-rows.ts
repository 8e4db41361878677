import type { Value } from '#database';
import { DELIMITER } from './import.sql.js';
import type { JudgedRow } from './judge-rows.js';
import { DOCUMENTS, type Kind } from './legacy-rows.js';

/** JSON has no member for what is undefined. */
const WITHOUT_DOCUMENTS = Object.fromEntries(DOCUMENTS.map((column) => [column, undefined]));

/** A batch as its statement takes it: a JSON array; `mend`; and of experiments the documents, as texts of all rows. */
export function sentRows(kind: Kind, rows: readonly JudgedRow[], mend: boolean): Value[] {
  const records = rows.map(({ row }, position) => ({ position, ...row, ...WITHOUT_DOCUMENTS }));
  const documents = DOCUMENTS.map((column) =>
    rows.map(({ row }) => row[column] ?? '').join(DELIMITER),
  );
  return [JSON.stringify(records), mend, ...(kind === 'experiment' ? documents : [])];
}
