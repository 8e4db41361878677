import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import type { Planted } from './old-rows.js';

const MODELDB = 'dist/apps/cli/src/main.js';

interface Counts {
  readonly read: number;
  readonly imported: number;
  readonly present: number;
  readonly left_out: number;
}

/** What `modeldb import legacy` has said and done. */
export interface Imported {
  readonly seconds: number;
  readonly exit: number;
  readonly defects: readonly Planted[];
  readonly summary: Readonly<Record<'project' | 'model' | 'experiment', Counts>>;
}

/** Runs the command as its user would, on what `npm run build` has made. */
export async function runImport(source: string, databaseUrl: string): Promise<Imported> {
  const start = performance.now();
  const child = spawn(process.execPath, [MODELDB, 'import', 'legacy', source, '--json'], {
    env: { PATH: process.env['PATH'], DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit') as Promise<[number]>;
  const defects: Planted[] = [];
  let summary: Imported['summary'] | undefined;
  for await (const text of createInterface(child.stdout)) {
    const said = JSON.parse(text) as { defect?: Planted; summary?: Imported['summary'] };
    if (said.defect) defects.push(said.defect);
    ({ summary = summary } = said);
  }
  const [exit] = await ended;
  if (!summary) throw new Error(`The import ended with ${exit} and told of nothing.`);
  return { seconds: (performance.now() - start) / 1000, exit, defects, summary };
}
