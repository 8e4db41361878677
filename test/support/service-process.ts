import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { HttpClient } from './http-client.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const LISTENING = /"url":"(http:[^"]+)"/;

/** The service as `npm start` runs it: a process of its own, from what `npm run build` made. */
export class ServiceProcess {
  output = '';
  private readonly child: ChildProcess;
  private readonly ended: Promise<number | NodeJS.Signals>;

  constructor(environment: Record<string, string>) {
    this.child = spawn(process.execPath, ['dist/apps/api/src/main.js'], {
      cwd: ROOT,
      env: { PATH: process.env['PATH'], PORT: '0', ...environment },
    });
    this.child.stdout?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.child.stderr?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.ended = once(this.child, 'close').then(
      ([code, signal]) => (code ?? signal) as number | NodeJS.Signals,
    );
  }

  get pid(): number {
    if (this.child.pid === undefined) throw new Error('The service did not start.');
    return this.child.pid;
  }

  /** Waits until it listens. @throws when it ends instead */
  async ready(): Promise<HttpClient> {
    return new HttpClient(await this.says(LISTENING));
  }

  /** Waits for a text in its output and returns it, or what the pattern's group holds. @throws when it ends instead */
  async says(text: string | RegExp): Promise<string> {
    for (;;) {
      const match = RegExp(text).exec(this.output);
      if (match) return match[1] ?? match[0];
      const next = once(this.child.stdout ?? this.child, 'data').then(() => 'more');
      if ((await Promise.race([next, this.ended])) !== 'more') throw new Error(this.output);
    }
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** @returns the exit code, or the signal that ended it */
  async end(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals> {
    if (signal) this.child.kill(signal);
    return this.ended;
  }

  /** The most resident memory since {@link forgetPeak}, in bytes. */
  async peakBytes(): Promise<number> {
    const status = await readFile(this.ofKernel('status'), 'utf8');
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
  }

  /** Lets {@link peakBytes} begin anew. */
  async forgetPeak(): Promise<void> {
    await writeFile(this.ofKernel('clear_refs'), '5');
  }

  private ofKernel(file: string): string {
    return `/proc/${String(this.pid)}/${file}`;
  }
}
