import { formatTable } from '../support/table.js';
import type { Line } from './measure.js';

/** The table, in Markdown. */
export function formatCapacity(lines: readonly Line[]): string {
  const rows = lines.map(({ what, rows, table, indexes }) => [
    what,
    String(rows),
    bytes(table / rows),
    bytes(indexes / rows),
    bytes((table + indexes) / rows),
  ]);
  return formatTable(['what', 'measured', 'table, bytes', 'indexes, bytes', 'together'], rows);
}

function bytes(size: number): string {
  return size.toFixed(0);
}
