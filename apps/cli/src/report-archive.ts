import type { VerificationReport } from '#audit';
import { totalOf, type Manifest } from './archive/manifest.js';

/** What was imported, or would be. */
export interface Imported {
  readonly manifest: Manifest;
  /** None where only the files were looked at. */
  readonly audit: VerificationReport | undefined;
}

/** How that came about. */
interface Manner {
  readonly dryRun?: boolean;
  readonly verifyOnly?: boolean;
}

type Content = Pick<Manifest, 'files' | 'snapshot_datetime' | 'modeldb_version'>;

/** What an archive holds, for scripts. */
export function contentJson(content: Content) {
  const { files, snapshot_datetime: snapshot, modeldb_version: version } = content;
  return {
    snapshot_datetime: snapshot,
    modeldb_version: version,
    ...totalOf(content),
    tables: Object.fromEntries(files.map(({ table, rows }) => [table, rows])),
  };
}

export function exportText(content: Content, folder: string): string {
  return `Exported ${amountText(content)}, into ${folder}.`;
}

/** One JSON object for scripts. */
export function importJson({ manifest, audit }: Imported, options: Manner): string {
  const { dryRun = false, verifyOnly = false } = options;
  return JSON.stringify({
    dry_run: dryRun,
    verify_only: verifyOnly,
    ...contentJson(manifest),
    ...(audit && { audit: { is_sound: audit.finding === null, ...audit } }),
  });
}

export function importText({ manifest, audit }: Imported, { dryRun = false }: Manner): string {
  const amount = amountText(manifest);
  if (!audit) return `The files are what was exported: ${amount}.`;
  const state = audit.finding ? 'NOT what was sealed' : 'as it was sealed';
  return [
    dryRun
      ? `Would import ${amount}. This was a dry run: nothing was written.`
      : `Imported ${amount}.`,
    `It is byte for byte what was exported, and its audit is ${state}.`,
    ...(manifest.is_without_keys ? ['API keys were left out of the export: make new ones.'] : []),
  ].join('\n');
}

function amountText(content: Content): string {
  const { rows, bytes } = totalOf(content);
  const number = (value: number): string => value.toLocaleString('en');
  const tables = String(content.files.length);
  return `${number(rows)} row${rows === 1 ? '' : 's'} of ${tables} tables (${number(bytes)} bytes), as they were at ${content.snapshot_datetime}`;
}
