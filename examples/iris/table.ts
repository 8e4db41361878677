import type { RankingRow } from './ranking.js';

/** Columns padded to their widest cell; those in `rightAligned` hold numbers. */
export function formatTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  rightAligned: ReadonlySet<number>,
): string {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return rightAligned.has(column) ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join(
    '\n',
  );
}

export function formatRanking(rows: readonly RankingRow[]): string {
  const header = ['#', 'model', 'hyperparameters', 'runs', 'validation', '±', 'macro F1', 'test'];
  const cells = rows.map((row, at) => [
    String(at + 1),
    row.model,
    row.hyperparameters,
    String(row.runs),
    row.validationAccuracy.toFixed(4),
    row.validationDeviation.toFixed(4),
    row.macroF1.toFixed(4),
    row.testAccuracy.toFixed(4),
  ]);
  return formatTable(header, cells, new Set([0, 3, 4, 5, 6, 7]));
}
