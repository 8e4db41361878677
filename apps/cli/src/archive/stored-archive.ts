import type { Stats } from 'node:fs';
import { lstat, open, readFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { ArchiveError } from './archive-error.js';
import { partsOf, type ArchivedPart } from './archive-parts.js';
import { MANIFEST, readManifest, type Manifest } from './manifest.js';

const MAX_MANIFEST_BYTES = 1024 * 1024;
const READ_BYTES = 256 * 1024;

/** An archive that was written before, by whomever: nothing of it is believed. */
export class StoredArchive {
  private constructor(
    private readonly folder: string,
    readonly manifest: Manifest,
    readonly parts: readonly ArchivedPart[],
  ) {}

  /** @throws ArchiveError when it is none that can be imported here, as far as its manifest and the sizes of its files tell */
  static async open(folder: string): Promise<StoredArchive> {
    const path = join(folder, MANIFEST);
    const { size } = await requireFile(path, MANIFEST);
    if (size > MAX_MANIFEST_BYTES) {
      throw new ArchiveError('ARCHIVE_MANIFEST', `${MANIFEST} is too large to be one.`);
    }
    const manifest = readManifest(await readFile(path, 'utf8'));
    const archive = new StoredArchive(folder, manifest, partsOf(manifest));
    for (const { file } of archive.parts) {
      const { size: found } = await requireFile(join(folder, file.file), file.file);
      if (found !== file.bytes) {
        throw new ArchiveError(
          'ARCHIVE_SIZE',
          `${file.file} has ${String(found)} bytes, and ${String(file.bytes)} in the manifest.`,
        );
      }
    }
    return archive;
  }

  /**
   * The bytes of a file, a piece at a time. Each is written over by the next one: a new one for each would be garbage faster
   * than it is collected.
   * @throws ArchiveError when it cannot be read
   */
  async *read({ file }: ArchivedPart): AsyncGenerator<Buffer, void, void> {
    const path = join(this.folder, file.file);
    const buffer = Buffer.allocUnsafeSlow(READ_BYTES);
    let handle: FileHandle | undefined;
    try {
      handle = await open(path);
      for (;;) {
        const { bytesRead } = await handle.read(buffer);
        if (bytesRead === 0) return;
        yield buffer.subarray(0, bytesRead);
      }
    } catch (error) {
      throw new ArchiveError('ARCHIVE_UNREADABLE', (error as Error).message, error);
    } finally {
      await handle?.close();
    }
  }
}

/** A link would lead elsewhere, and what is no file may never end. */
async function requireFile(path: string, name: string): Promise<Stats> {
  let stats: Stats;
  try {
    stats = await lstat(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') throw new ArchiveError('ARCHIVE_UNREADABLE', message, error);
    throw new ArchiveError(
      'ARCHIVE_INCOMPLETE',
      `There is no ${name}: the folder is no archive, or not a whole one.`,
    );
  }
  if (stats.isFile()) return stats;
  throw new ArchiveError('ARCHIVE_UNREADABLE', `${name} is no file.`);
}
