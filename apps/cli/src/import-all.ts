import { ArchiveError } from './archive/archive-error.js';
import { importArchive } from './archive/import-archive.js';
import type { Step } from './archive/import-steps.js';
import { StoredArchive } from './archive/stored-archive.js';
import { verifyArchive } from './archive/verify-archive.js';
import { ExitCode } from './exit-codes.js';
import { interruption } from './interrupted.js';
import type { JsonOption } from './keys.js';
import { withDatabaseUrl } from './open-database.js';
import { Progress } from './progress.js';
import { importJson, importText, type Imported } from './report-archive.js';

/** The options of the command line. */
export interface ImportOptions extends JsonOption {
  readonly dryRun?: boolean;
  readonly verifyOnly?: boolean;
  readonly auditAsItIs?: boolean;
}

const STEPS: Readonly<Record<Step | 'verify', string>> = {
  verify: 'verifying',
  load: 'importing',
  index: 'indexing',
  compare: 'comparing',
  audit: 'audit:',
};

/**
 * `modeldb import`
 * @returns the exit code
 */
export async function importAll(folder: string, options: ImportOptions): Promise<number> {
  const { json = false } = options;
  const progress = new Progress(process.stderr, !json);
  let imported: Imported;
  try {
    imported = await run(folder, options, progress);
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    progress.clear();
    const { code, message } = error;
    if (json) process.stdout.write(`${JSON.stringify({ problem: { code, detail: message } })}\n`);
    else console.error(`${code}: ${message}\nNothing was imported.`);
    return ExitCode.found;
  } finally {
    progress.clear();
  }
  process.stdout.write(`${json ? importJson(imported, options) : importText(imported, options)}\n`);
  return ExitCode.fine;
}

async function run(
  folder: string,
  { dryRun = false, verifyOnly = false, auditAsItIs = false }: ImportOptions,
  progress: Progress,
): Promise<Imported> {
  const signal = interruption('nothing was imported');
  const onProgress = (step: Step | 'verify', what: string, done: number, total: number): void => {
    progress.showPart(`${STEPS[step]} ${what} `, done, total);
  };
  const archive = await StoredArchive.open(folder);
  const { manifest } = archive;
  await verifyArchive(archive, {
    signal,
    onProgress: (table, done, total) => onProgress('verify', table, done, total),
  });
  if (verifyOnly) return { manifest, audit: undefined };
  const work = { isDry: dryRun, isAuditAsItIs: auditAsItIs, onProgress, signal };
  const audit = await withDatabaseUrl(
    (text) => progress.show(text),
    (url) => importArchive(url, archive, work),
  );
  return { manifest, audit };
}
