import { VerificationService } from '#audit';
import type { Database } from '#database';
import { EvaluationCheckService, isInStep } from '#experiment';
import { Findings, type Finding } from './finding.js';

/** How the long checks are watched and ended. */
export interface Watch {
  readonly show: (text: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Whether the index of numbers is in step with the documents. */
export async function checkNumbers(
  database: Database,
  { show, signal }: Watch,
): Promise<Finding[]> {
  const found = new Findings('numbers');
  const report = await new EvaluationCheckService(database).run({
    repair: false,
    keep: 0,
    onBatch: ({ experiments }) => {
      show(`${experiments.toLocaleString('en')} experiments compared`);
    },
    ...(signal && { signal }),
  });
  if (!isInStep(report)) {
    const { differing_experiments: differing } = report;
    found.problem(
      `The index of numbers differs from the documents of ${differing.toLocaleString('en')} experiment${differing === 1 ? '' : 's'}: searches and rankings are wrong there.`,
      'modeldb check evaluations --repair',
    );
  }
  return found.list;
}

/** Whether the events of the audit are as they were sealed. */
export async function checkAudit(database: Database, { show, signal }: Watch): Promise<Finding[]> {
  const found = new Findings('audit');
  const { finding } = await new VerificationService(database).run({
    onProgress: ({ events }) => {
      show(`${events.toLocaleString('en')} events verified`);
    },
    ...(signal && { signal }),
  });
  if (finding) {
    found.problem(
      `The audit is not as it was sealed: ${finding.damage}.`,
      'modeldb audit verify tells where; docs/operations.md, "The audit", says what to do then.',
    );
  }
  return found.list;
}
