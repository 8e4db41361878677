import { diagnose } from './doctor/diagnose.js';
import { CHECKS, isSound, type Diagnosis } from './doctor/finding.js';
import { ExitCode } from './exit-codes.js';
import { interruption } from './interrupted.js';
import { Progress } from './progress.js';

/** The options of the command line. */
export interface DoctorOptions {
  readonly quick?: boolean;
  readonly json?: boolean;
}

/** `modeldb doctor`: prints what it has found, and what helps. */
export async function doctor({ quick = false, json = false }: DoctorOptions): Promise<number> {
  const signal = interruption();
  const progress = new Progress(process.stderr, !json);
  let diagnosis: Diagnosis;
  try {
    diagnosis = await diagnose(process.env, {
      quick,
      signal,
      show: (text) => progress.show(text),
    });
  } finally {
    progress.clear();
  }
  process.stdout.write(json ? diagnosisJson(diagnosis) : diagnosisText(diagnosis));
  return isSound(diagnosis) ? ExitCode.fine : ExitCode.found;
}

function diagnosisJson(diagnosis: Diagnosis): string {
  const { checked, findings } = diagnosis;
  return `${JSON.stringify({ is_sound: isSound(diagnosis), checked, findings }, undefined, 2)}\n`;
}

function diagnosisText(diagnosis: Diagnosis): string {
  const { checked, findings } = diagnosis;
  const lines = CHECKS.flatMap((check) => {
    if (!checked.includes(check)) return [`not looked at  ${check}`];
    const found = findings.filter((finding) => finding.check === check);
    if (found.length === 0) return [`ok             ${check}`];
    return found.flatMap(({ severity, message, remedy }) => [
      `${severity.toUpperCase().padEnd(14)} ${check}: ${message}`,
      `               remedy: ${remedy}`,
    ]);
  });
  const end = isSound(diagnosis) ? 'The installation is sound.' : 'The installation is not sound.';
  return `${[...lines, end].join('\n')}\n`;
}
