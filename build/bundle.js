import { existsSync } from 'node:fs';
import { cp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { build } from 'esbuild';
import { EXTERNAL, PRELUDE, packagesPlugin } from './packages-plugin.js';
import { importedPackages } from './imported-packages.js';
import { keyOf } from './key-of.js';
import { namingClasses } from './naming-classes.js';
import { writeEntries } from './write-entries.js';

/**
 * Puts the packages that the built programs import into a few files in dist/node_modules, where Node looks first: reading
 * thousands of small ones is most of what a start takes. They are made anew only when a package or this folder has changed.
 */
const CACHE = 'node_modules/.cache/modeldb';

const names = await importedPackages(['dist/apps/api/src/main.js', 'dist/apps/cli/src/main.js']);
const bundle = `${CACHE}/${await keyOf(names)}`;
if (!existsSync(bundle)) await make(bundle);
await cp(bundle, 'dist/node_modules', { recursive: true });

async function make(folder) {
  await rm(CACHE, { recursive: true, force: true });
  const entries = `${CACHE}/entries`;
  const unfinished = `${CACHE}/unfinished`;
  await mkdir(entries, { recursive: true });
  const { outputFiles } = await build({
    entryPoints: await writeEntries(names, entries, unfinished),
    outdir: unfinished,
    chunkNames: '.chunks/[name]-[hash]',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // Nest finds what it injects by the names of classes, and errors show them; see below for functions.
    keepNames: true,
    external: EXTERNAL,
    plugins: [packagesPlugin],
    banner: { js: PRELUDE },
    logLevel: 'warning',
    write: false,
  });
  for (const { path, text } of outputFiles) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, namingClasses(text));
  }
  await rename(unfinished, folder);
}
