import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { onCleanUp } from './clean-up.js';
import { until } from './until.js';

const project = fileURLToPath(new URL('../../..', import.meta.url));

/** How a start went. */
export interface Outcome {
  readonly url?: string;
  readonly error?: { readonly name: string; readonly message: string };
}

/** A process of its own that runs `service.ts`, so that it can be killed. */
export class ServiceProcess {
  readonly logs: string[] = [];
  private outcome: Outcome | undefined;
  private readonly child: ChildProcessByStdio<Writable, Readable, null>;

  private ended = false;

  /**
   * @param user whom it runs as, when not as ourselves
   * @param root where it is installed, when not here
   */
  constructor(dataDir: string, user: { uid?: number; gid?: number } = {}, root = project) {
    const program = join(root, 'test/embedded/support/service.ts');
    const loader = ['--conditions=source', '--import', '@swc-node/register/esm-register'];
    this.child = spawn(process.execPath, [...loader, program, dataDir], {
      cwd: root,
      stdio: ['pipe', 'pipe', 'inherit'],
      // A process group of its own, as a terminal would give it.
      detached: true,
      ...user,
    });
    this.child.once('exit', () => (this.ended = true));
    createInterface(this.child.stdout).on('line', (line) => this.hear(line));
    onCleanUp(() => this.kill());
  }

  get pid(): number {
    return this.child.pid as number;
  }

  /** Waits for the start's outcome. */
  async started(): Promise<Outcome> {
    await until(() => this.outcome ?? this.ended, 'the service to have started');
    return this.outcome ?? {};
  }

  /** Lets it stop PostgreSQL, and waits until it is gone. */
  async stop(): Promise<void> {
    this.child.stdin.end();
    await until(() => this.ended, 'the service to stop');
  }

  /** kill -9, and waits until it is gone. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await until(() => this.ended, 'the service to be gone');
  }

  private hear(line: string): void {
    const said = JSON.parse(line) as Outcome & { log?: string };
    if (said.log !== undefined) this.logs.push(said.log);
    if (said.url ?? said.error) this.outcome = said;
  }
}
