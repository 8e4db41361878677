import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What a process has loaded of packages. */
export interface LoadedPackages {
  /** Packages of which a file was loaded where they are installed, in order of their names. */
  readonly installed: readonly string[];
  /** Those of which something is in the loaded files of the build's bundle. */
  readonly bundled: readonly string[];
}

/** Watches what a process loads, which has to end by itself or by a signal that it handles. */
export class LoadWatch implements AsyncDisposable {
  private constructor(private readonly folder: string) {}

  static async begin(): Promise<LoadWatch> {
    const watch = new LoadWatch(await mkdtemp(join(tmpdir(), 'modeldb-loaded-')));
    await writeFile(watch.preload, preloadOf(watch.list));
    return watch;
  }

  /** What the process has to be given. */
  get environment(): Record<string, string> {
    return { NODE_OPTIONS: `--import ${pathToFileURL(this.preload).href}` };
  }

  /** To be asked when the process has ended. */
  async packages(): Promise<LoadedPackages> {
    const files = [...new Set((await readFile(this.list, 'utf8')).split('\n'))];
    const isBundle = (file: string): boolean => file.includes('/dist/node_modules/');
    const bundles = files.filter(isBundle).map((file) => readFile(new URL(file), 'utf8'));
    return {
      installed: namesIn(files.filter((file) => !isBundle(file)).join('\n')),
      bundled: namesIn((await Promise.all(bundles)).join('\n').replaceAll(/^(?!\/\/ ).*\n/gm, '')),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true });
  }

  private get preload(): string {
    return join(this.folder, 'preload.mjs');
  }

  private get list(): string {
    return join(this.folder, 'loaded');
  }
}

/** Notes ES modules as they are loaded, and CommonJS at the end. */
function preloadOf(list: string): string {
  const hooks = `
    import { appendFileSync } from 'node:fs';
    export function load(url, context, next) {
      appendFileSync(${JSON.stringify(list)}, url + '\\n');
      return next(url, context);
    }`;
  return `
    import { appendFileSync } from 'node:fs';
    import Module, { register } from 'node:module';
    register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(hooks)}));
    process.on('exit', () => {
      appendFileSync(${JSON.stringify(list)}, Object.keys(Module._cache).join('\\n'));
    });`;
}

/** The bundle says before each of its parts which file it comes from. */
function namesIn(paths: string): string[] {
  const names = paths.matchAll(/node_modules\/((?:@[\w.-]+\/)?\w[\w.-]*)\//g);
  return [...new Set([...names].map(([, name = '']) => name))].sort();
}
