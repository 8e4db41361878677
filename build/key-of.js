import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';

/** Names what a bundle of packages is made of: which packages, their versions, and how. */
export async function keyOf(names) {
  const hash = createHash('sha256').update(`${process.version} ${names.join(' ')}`);
  const scripts = (await readdir(import.meta.dirname)).sort();
  const files = ['package-lock.json', ...scripts.map((name) => `build/${name}`)];
  for (const file of files) hash.update(await readFile(file));
  return hash.digest('hex').slice(0, 16);
}
