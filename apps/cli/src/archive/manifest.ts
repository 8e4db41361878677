import { z } from 'zod';
import { ArchiveError } from './archive-error.js';
import { COUNTED } from './tables.js';

export const MANIFEST = 'manifest.json';

/** Goes up when a line comes to mean something else, so also when a migration changes rows and no column. */
const FORMAT = 1;

const count = z.int().min(0);
/** Numbers that JSON readers do not keep are text. */
const identity = z.string().regex(/^[1-9]\d{0,17}$/);

const fileSchema = z.strictObject({
  table: z.string().max(100),
  file: z.string().max(100),
  columns: z.array(z.string().max(100)).max(100),
  rows: count,
  bytes: count,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const manifestSchema = z.strictObject({
  format: z.literal(FORMAT),
  modeldb_version: z.string().max(100),
  migrations: z.array(z.string().max(100)).min(1).max(1000),
  snapshot_datetime: z.string().max(40),
  is_without_keys: z.boolean(),
  next_identities: z.strictObject(
    Object.fromEntries(COUNTED.map(({ table }) => [table, identity])),
  ),
  files: z.array(fileSchema).max(100),
});

/** What an archive says of itself. */
export type Manifest = z.infer<typeof manifestSchema>;
/** What it says of one of its files. */
export type ArchivedFile = Manifest['files'][number];

/** What is found out when an archive is made. */
export type ManifestParts = Omit<Manifest, 'format'>;

export function manifestText(parts: ManifestParts): string {
  return `${JSON.stringify({ format: FORMAT, ...parts } satisfies Manifest, undefined, 2)}\n`;
}

/**
 * @param text - whatever stands in the file of that name
 * @throws ArchiveError
 */
export function readManifest(text: string): Manifest {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new ArchiveError('ARCHIVE_MANIFEST', `${MANIFEST} is not JSON.`, error);
  }
  const format = z.looseObject({ format: z.int() }).safeParse(json);
  if (format.success && format.data.format > FORMAT) {
    throw new ArchiveError(
      'ARCHIVE_NEWER',
      `The archive has format ${format.data.format}, and this release reads ${FORMAT}: use the release that made it, or a later one.`,
    );
  }
  const manifest = manifestSchema.safeParse(json);
  if (manifest.success) return manifest.data;
  const [issue] = manifest.error.issues;
  const path = issue?.path.join('.') ?? '';
  throw new ArchiveError(
    'ARCHIVE_MANIFEST',
    `${MANIFEST} is not one of an archive: ${path === '' ? '' : `${path}: `}${issue?.message ?? ''}`,
  );
}

/** How much there is in an archive. */
export function totalOf({ files }: Pick<Manifest, 'files'>): { rows: number; bytes: number } {
  const sum = (values: readonly number[]): number =>
    values.reduce((total, value) => total + value, 0);
  return { rows: sum(files.map(({ rows }) => rows)), bytes: sum(files.map(({ bytes }) => bytes)) };
}
