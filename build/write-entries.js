import { mkdir, writeFile } from 'node:fs/promises';

/**
 * Writes for each package a module that exports what Node finds in it, whether it is an ES module or CommonJS, into
 * `folder`, and the package.json of its bundle into `out`.
 * @returns the entry points for esbuild: where each module comes to stand, and where it is now
 */
export async function writeEntries(names, folder, out) {
  const entries = await Promise.all(
    names.map(async (name) => {
      const file = `${folder}/${name.replace('/', '+')}.mjs`;
      await writeFile(file, sourceOf(name, Object.keys(await import(name))));
      await mkdir(`${out}/${name}`, { recursive: true });
      const manifest = { name, exports: './index.mjs' };
      await writeFile(`${out}/${name}/package.json`, JSON.stringify(manifest));
      return [`${name}/index`, file];
    }),
  );
  return Object.fromEntries(entries);
}

function sourceOf(name, exported) {
  const named = exported.filter((one) => one !== 'default' && one !== 'module.exports');
  return [
    `import * as all from '${name}';`,
    `export const { ${named.join(', ')} } = all;`,
    ...(exported.includes('default') ? ['export default all.default;'] : []),
  ].join('\n');
}
