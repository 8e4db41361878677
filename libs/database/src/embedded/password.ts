import { randomBytes } from 'node:crypto';
import { link, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartupError } from '#errors';
import { codeOf, ifExists } from './failures.js';

/**
 * Reads the password of PostgreSQL's superuser.
 *
 * @throws StartupError when it is lost
 */
export async function readPassword(dataDir: string): Promise<string> {
  const file = passwordFile(dataDir);
  const password = (await ifExists(readFile(file, 'utf8')))?.trim();
  if (password) return password;
  throw new StartupError(
    `${file} is missing or empty, and without it the data cannot be opened: put it back, or move ${dataDir} away to begin anew.`,
  );
}

/**
 * Makes the password of a new cluster, unless an earlier start that came no further, or a simultaneous one, has made it.
 *
 * @param workshop a folder for the draft
 */
export async function makePassword(dataDir: string, workshop: string): Promise<string> {
  const draft = join(workshop, 'new-password');
  await writeDurably(draft, randomBytes(32).toString('base64url'));
  try {
    // Unlike a rename this never replaces, and unlike writing in place it never shows half a password.
    await link(draft, passwordFile(dataDir));
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
  return readPassword(dataDir);
}

function passwordFile(dataDir: string): string {
  return join(dataDir, 'password');
}

async function writeDurably(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
