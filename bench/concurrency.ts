import { setTimeout as delay } from 'node:timers/promises';
import { StartupError } from '#errors';
import pg from 'pg';
import { Clients, type Answers } from './concurrency/clients.js';
import { readOptions, USAGE } from './concurrency/options.js';
import { unsteady, type Sample } from './concurrency/verdict.js';
import { SEARCHES } from './queries/cases/searches.js';
import { readFacts } from './queries/facts.js';
import type { Cleanup } from './support/cleanup.js';
import { Program } from './support/program.js';
import { runProgram } from './support/run-program.js';
import { openTarget } from './support/target.js';

/** What Model DB has by default: ten connections for records and four for searches. */
const POOL_SIZE = 10 + 4;
const SAMPLE_EVERY_MS = 2000;

async function main(cleanup: Cleanup): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (!options) {
    console.log(USAGE);
    return 0;
  }
  const url = await openTarget(options.place, cleanup);
  const facts = await readFacts(url);
  const service = await Program.modelDb(url, cleanup);
  const clients = new Clients(
    service.url,
    options.clients,
    SEARCHES.map(({ call }) => call(facts)),
  );
  const samples = await watch(service, url, options.seconds);
  await clients.stop();

  const lines = [...unsteady(samples, POOL_SIZE), ...failures(clients.answers)];
  const answered = clients.answers.get(200) ?? 0;
  console.log(`${answered} searches, ${(answered / options.seconds).toFixed(0)} a second`);
  for (const line of lines) console.error(`BROKEN: ${line}`);
  return lines.length === 0 ? 0 : 1;
}

async function watch(service: Program, url: string, seconds: number): Promise<Sample[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const start = performance.now();
  const samples: Sample[] = [];
  for (let elapsed = 0; elapsed < seconds; elapsed = (performance.now() - start) / 1000) {
    await delay(SAMPLE_EVERY_MS);
    const { rows } = await client.query<{ connections: number }>(
      `SELECT count(*)::int AS connections FROM pg_stat_activity WHERE application_name = 'modeldb'`,
    );
    const sample: Sample = {
      seconds: (performance.now() - start) / 1000,
      residentMiB: await service.residentMiB(),
      connections: rows[0]?.connections ?? 0,
    };
    const { residentMiB: resident, connections } = sample;
    const at = sample.seconds.toFixed(0).padStart(4);
    console.log(`${at} s  ${resident.toFixed(0)} MiB resident  ${connections} connections`);
    samples.push(sample);
  }
  await client.end();
  return samples;
}

function failures(answers: Answers): string[] {
  return [...answers]
    .filter(([status]) => status !== 200)
    .map(([status, count]) => `${count} answers had status ${status}`);
}

await runProgram(USAGE, main, [StartupError]);
