import type { Defect } from './legacy/defects.js';
import type { Counts, Summary } from './legacy/legacy-import.js';
import { KINDS } from './legacy/legacy-rows.js';

/** A line for a defect. Ids are written as JSON strings: they may hold anything. */
export function defectText({ kind, id, problem, detail, imported }: Defect): string {
  const what = imported ? 'changed' : 'left out';
  return `${kind} ${JSON.stringify(id)} ${what}: ${problem}: ${detail}`;
}

/** What became of the rows, and what to do about those that were left out. */
export function summaryText(
  summary: Summary,
  { dryRun = false, mend = false }: { readonly dryRun?: boolean; readonly mend?: boolean },
): string {
  const leftOut = KINDS.reduce((sum, kind) => sum + summary[kind].left_out, 0);
  const lines = KINDS.map((kind) => `${kind}s: ${countsText(summary[kind])}`);
  if (dryRun) lines.push('This was a dry run: nothing was written.');
  if (leftOut > 0) {
    lines.push(
      'Mend in the old database what was left out and run the command again: it passes over what is there.',
    );
    if (!mend) {
      lines.push(
        'With --mend, names that collide get their id behind them, and JSON that is no object goes under "value".',
      );
    }
  }
  return lines.join('\n');
}

function countsText({ read, imported, changed, present, left_out: leftOut }: Counts): string {
  const changes = changed > 0 ? ` (${number(changed)} with changes)` : '';
  return `${number(read)} read, ${number(imported)} imported${changes}, ${number(present)} already there, ${number(leftOut)} left out`;
}

function number(amount: number): string {
  return amount.toLocaleString('en');
}
