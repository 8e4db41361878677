import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { StartupError } from '#errors';
import { MANIFEST } from './manifest.js';

/** The names of files that are not whole yet end so. */
const PARTIAL = '.part';

/**
 * A folder that becomes an archive. Only its owner may read it: it holds digests of keys. Each file has another name until it
 * is whole and on the disk, and the manifest comes last, so what has a manifest is whole.
 */
export class NewArchive {
  private readonly made: string[] = [];

  private constructor(
    private readonly folder: string,
    private readonly isFolderNew: boolean,
  ) {}

  /** @throws StartupError when something is there already, or the folder cannot be used */
  static async in(folder: string): Promise<NewArchive> {
    try {
      const first = await mkdir(folder, { recursive: true, mode: 0o700 });
      const found = await readdir(folder);
      if (found.length === 0) return new NewArchive(folder, first !== undefined);
    } catch (error) {
      throw new StartupError(`Cannot export into ${folder}: ${(error as Error).message}`);
    }
    throw new StartupError(
      `The folder ${folder} is not empty: an export needs one of its own. (One without ${MANIFEST} may be of an export that was cut off.)`,
    );
  }

  /** Writes a file by what `fill` sends into it. */
  async write<Result>(name: string, fill: (to: WriteStream) => Promise<Result>): Promise<Result> {
    const path = join(this.folder, name);
    const partial = path + PARTIAL;
    this.made.push(partial, path);
    const result = await fill(
      createWriteStream(partial, { flags: 'wx', mode: 0o600, flush: true }),
    );
    await rename(partial, path);
    return result;
  }

  /** Makes an archive of what was written. */
  async finish(manifest: string): Promise<void> {
    await this.keepNames();
    await this.write(MANIFEST, (to) => pipeline(Readable.from([manifest]), to));
    await this.keepNames();
  }

  /** Takes away what was written. */
  async discard(): Promise<void> {
    for (const path of this.made) await rm(path, { force: true });
    if (this.isFolderNew) await rmdir(this.folder);
  }

  /** Names are kept by the folder, which has to be on the disk as well. Windows sees to that itself. */
  private async keepNames(): Promise<void> {
    if (process.platform === 'win32') return;
    const folder = await open(this.folder);
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }
}
