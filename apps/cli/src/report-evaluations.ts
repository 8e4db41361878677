import { isInStep, type CheckReport, type Difference } from '#experiment';

/** One JSON object for scripts. */
export function reportJson(report: CheckReport): string {
  return `${JSON.stringify({ in_step: isInStep(report), ...report }, undefined, 2)}\n`;
}

/** A line for each difference that was kept, and what they come to. */
export function reportText(report: CheckReport): string {
  const { first } = report;
  const more = total(report) - first.length;
  return [
    ...first.map(describe),
    ...(more > 0 ? [`… and ${count(more, 'more difference')}`] : []),
    ...(first.length > 0 ? [''] : []),
    `Compared ${count(report.experiments, 'experiment')} with ${count(report.numbers, 'number')}.`,
    ...summary(report),
    '',
  ].join('\n');
}

function summary(report: CheckReport): string[] {
  const { differing_experiments: differing, repaired_experiments: repaired } = report;
  if (differing === 0) return ['The index is in step with the documents.'];
  const found = `${count(total(report), 'difference')} in ${count(differing, 'experiment')} (${kinds(report)})`;
  if (isInStep(report)) {
    return [`Found ${found}.`, `Repaired ${count(repaired, 'experiment')}: the index is in step.`];
  }
  return [
    `The index is out of step: ${found}.`,
    'To repair it: modeldb check evaluations --repair',
  ];
}

function kinds({ differences }: CheckReport): string {
  const { not_in_index, not_in_document, value, scope } = differences;
  return [
    ...(not_in_index > 0 ? [`${number(not_in_index)} not in the index`] : []),
    ...(not_in_document > 0 ? [`${number(not_in_document)} not in the document`] : []),
    ...(value > 0 ? [`${number(value)} of another value`] : []),
    ...(scope > 0 ? [`${number(scope)} of another model or project`] : []),
  ].join(', ');
}

/** Keys are written as JSON strings: they may hold anything, line ends and commands to the terminal included. */
function describe({ experiment_id, key, document, index }: Difference): string {
  const where = `${experiment_id} ${JSON.stringify(key)}`;
  const sides = `the document has ${document?.value ?? 'no such number'}, the index ${index?.value ?? 'has no row'}`;
  const misplaced =
    document !== null &&
    index !== null &&
    (document.model_id !== index.model_id || document.project_id !== index.project_id);
  if (!misplaced) return `${where}: ${sides}`;
  return `${where}: ${sides}; it belongs to model ${document.model_id} of project ${document.project_id}, in the index to model ${index.model_id} of project ${index.project_id}`;
}

function total({ differences }: CheckReport): number {
  return Object.values(differences).reduce((sum, each) => sum + each, 0);
}

function count(amount: number, noun: string): string {
  return `${number(amount)} ${noun}${amount === 1 ? '' : 's'}`;
}

function number(amount: number): string {
  return amount.toLocaleString('en');
}
