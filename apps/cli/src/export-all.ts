import { exportArchive } from './archive/export-archive.js';
import type { ManifestParts } from './archive/manifest.js';
import { ExitCode } from './exit-codes.js';
import { interruption } from './interrupted.js';
import type { JsonOption } from './keys.js';
import { withDatabaseUrl } from './open-database.js';
import { Progress } from './progress.js';
import { contentJson, exportText } from './report-archive.js';

/** The options of the command line. */
export interface ExportOptions extends JsonOption {
  readonly withoutKeys?: boolean;
}

/** `modeldb export` */
export async function exportAll(
  folder: string,
  { withoutKeys = false, json = false }: ExportOptions,
): Promise<number> {
  const signal = interruption('nothing of the export is left');
  const progress = new Progress(process.stderr, !json);
  const show = (text: string): void => progress.show(text);
  const onProgress = (table: string, rows: number): void => {
    show(`${table} ${rows.toLocaleString('en')} rows`);
  };
  let parts: ManifestParts;
  try {
    parts = await withDatabaseUrl(show, (url) =>
      exportArchive(url, folder, { isWithoutKeys: withoutKeys, onProgress, signal }),
    );
  } finally {
    progress.clear();
  }
  const answer = json ? JSON.stringify(contentJson(parts)) : exportText(parts, folder);
  process.stdout.write(`${answer}\n`);
  return ExitCode.fine;
}
