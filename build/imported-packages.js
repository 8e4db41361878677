import { build } from 'esbuild';
import { EXTERNAL } from './packages-plugin.js';

/** The packages that programs and what they load of our own import by name, in order of their names. */
export async function importedPackages(entryPoints) {
  const { metafile } = await build({
    entryPoints,
    outdir: 'dist',
    write: false,
    metafile: true,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'error',
  });
  const imports = Object.values(metafile.inputs).flatMap((file) => file.imports);
  const names = imports
    .filter(({ path, external }) => external && !/^(?:node:|#)/.test(path))
    .map(({ path }) => path);
  return [...new Set(names)].filter((name) => !EXTERNAL.includes(name)).sort();
}
