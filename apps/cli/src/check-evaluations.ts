import { EvaluationCheckService, isInStep, type CheckReport } from '#experiment';
import { ExitCode } from './exit-codes.js';
import { interruption } from './interrupted.js';
import { withDatabase } from './open-database.js';
import { Progress } from './progress.js';
import { reportJson, reportText } from './report-evaluations.js';

/** Of how many differences the report tells each; the others are counted. */
const SHOWN = 100;

/** The options of the command line. */
export interface CheckEvaluationsOptions {
  readonly repair?: boolean;
  readonly json?: boolean;
}

/**
 * `modeldb check evaluations`: prints what the check has found.
 * @returns the exit code
 */
export async function checkEvaluations(options: CheckEvaluationsOptions): Promise<number> {
  const { repair = false, json = false } = options;
  const signal = interruption();
  const progress = new Progress(process.stderr, !json);
  const show = (text: string): void => progress.show(text);
  const onBatch = ({ experiments }: CheckReport): void => {
    show(`${experiments.toLocaleString('en')} experiments compared`);
  };
  let report: CheckReport;
  try {
    report = await withDatabase(show, (database) =>
      new EvaluationCheckService(database).run({ repair, keep: SHOWN, onBatch, signal }),
    );
  } finally {
    progress.clear();
  }
  process.stdout.write(json ? reportJson(report) : reportText(report));
  return isInStep(report) ? ExitCode.fine : ExitCode.found;
}
