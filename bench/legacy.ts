import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { StartupError } from '#errors';
import pg from 'pg';
import { compareWithOld } from './legacy/compare.js';
import { makeOldPostgres, makeOldSqlite } from './legacy/make-old.js';
import { plantedIn } from './legacy/old-rows.js';
import { readOptions, USAGE, type LegacyOptions } from './legacy/options.js';
import { runImport, type Imported } from './legacy/run-import.js';
import { judgeFirst, judgeSecond } from './legacy/verdict.js';
import type { Cleanup } from './support/cleanup.js';
import { runProgram } from './support/run-program.js';
import { openTarget } from './support/target.js';

const OLD = 'modeldb_old';
const NEW = 'modeldb_moved';

async function main(cleanup: Cleanup): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (!options) {
    console.log(USAGE);
    return 0;
  }
  await mkdir(options.dataDir, { recursive: true });
  const url = await openTarget({ dataDir: options.dataDir }, cleanup);
  const moved = await emptyDatabase(url, NEW);
  await openTarget({ databaseUrl: moved }, cleanup);
  const source = await makeOld(url, options);
  const planted = plantedIn(options.experiments);
  console.log(`the old service has ${options.experiments} experiments; ${planted.length} defects`);

  const first = await runImport(source, moved);
  tell('first run', first);
  const second = await runImport(source, moved);
  tell('second run', second);
  const { sound, different } = await compareWithOld(moved, options.experiments);
  console.log(
    `compared ${sound} sound rows, value by value: ${different.join(', ') || 'the same'}`,
  );

  const broken = [...judgeFirst(first, planted), ...judgeSecond(first, second), ...different];
  for (const line of broken) console.error(`BROKEN: ${line}`);
  return broken.length === 0 ? 0 : 1;
}

async function makeOld(
  url: string,
  { from, experiments, dataDir }: LegacyOptions,
): Promise<string> {
  if (from === 'sqlite') {
    const path = join(dataDir, 'old.db');
    makeOldSqlite(path, experiments);
    return path;
  }
  const old = await emptyDatabase(url, OLD);
  await makeOldPostgres(old, experiments);
  return old;
}

/** @returns the address of a new database beside the one that is given */
async function emptyDatabase(url: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`DROP DATABASE IF EXISTS ${name}`);
    await client.query(`CREATE DATABASE ${name} TEMPLATE template0`);
  } finally {
    await client.end();
  }
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}

function tell(name: string, { seconds, summary, defects }: Imported): void {
  const { read, imported, present, left_out: leftOut } = summary.experiment;
  console.log(
    `${name}: ${seconds.toFixed(1)} s, ${(read / seconds).toFixed(0)} experiments a second: ` +
      `${read} read, ${imported} imported, ${present} there already, ${leftOut} left out; ${defects.length} defects told of`,
  );
}

await runProgram(USAGE, main, [StartupError]);
