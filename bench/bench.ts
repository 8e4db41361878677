import { StartupError } from '#errors';
import pg from 'pg';
import { EXPERIMENTS } from './batches/experiments.js';
import { METRIC_POINTS } from './batches/metric-points.js';
import { brokenBatchBudgets, formatBatchResults, skippedBatches } from './batches/report.js';
import { runBatches, type BatchResult } from './batches/run-batches.js';
import { measureStartup } from './footprint/startup.js';
import { measureStreaming } from './footprint/streaming.js';
import type { Verdict } from './footprint/verdict.js';
import { HOT_CASES, type HotCase } from './hot/cases.js';
import { readOptions, STREAMED_EXPERIMENTS, USAGE, type BenchOptions } from './hot/options.js';
import { alternateMore, knownCaller, withKnownCaller } from './hot/known-caller.js';
import {
  brokenHotBudgets,
  formatHotResults,
  WITH_FLOOR,
  WITH_OPEN,
  type Comparison,
} from './hot/report.js';
import { runHotCase, type Effort, type HotField } from './hot/run-case.js';
import { makeStock } from './hot/stock.js';
import { LoadGenerator } from './load/load-generator.js';
import { Caller } from './support/caller.js';
import type { Cleanup } from './support/cleanup.js';
import { ensureFilled } from './support/filled.js';
import { Program } from './support/program.js';
import { runProgram } from './support/run-program.js';
import { openTarget } from './support/target.js';

/** What is there before the first request: enough that no table fits into a page or two. */
const STOCK_EXPERIMENTS = 20_000;

const BATCH_CASES = [EXPERIMENTS, METRIC_POINTS];

async function main(cleanup: Cleanup): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (!options) {
    console.log(USAGE);
    return 0;
  }
  const wanted = ({ name }: { readonly name: string }): boolean => name.includes(options.only);
  const cases = HOT_CASES.filter(wanted);
  const known = withKnownCaller(HOT_CASES).filter(wanted);
  const batches = BATCH_CASES.filter(wanted);
  const broken: string[] = [];
  if (cases.length + known.length + batches.length > 0) {
    broken.push(
      ...(await cleanup.during((inner) => load(options, { cases, known, batches }, inner))),
    );
  }
  for (const verdict of await footprint(options, wanted, cleanup)) {
    console.log(verdict.line);
    if (verdict.broken !== undefined) broken.push(verdict.broken);
  }
  for (const line of broken) console.error(`BROKEN: ${line}`);
  return broken.length === 0 ? 0 : 1;
}

/** What is measured under load. */
interface Wanted {
  readonly cases: readonly HotCase[];
  readonly known: readonly HotCase[];
  readonly batches: typeof BATCH_CASES;
}

/** @returns a line for each broken budget */
async function load(
  { place, anew, effort }: BenchOptions,
  { cases, known, batches }: Wanted,
  cleanup: Cleanup,
): Promise<string[]> {
  const url = await openTarget(place, cleanup);
  await ensureFilled(url, STOCK_EXPERIMENTS, anew);
  // By one that is not measured: what has served thousands of other requests serves the next ones more slowly.
  const stock = await cleanup.during(async (inner) =>
    makeStock(callerOf(await Program.modelDb(url, inner), inner)),
  );
  const modelDb = callerOf(await Program.modelDb(url, cleanup), cleanup);
  const floor = callerOf(await Program.floor(url, cleanup), cleanup);

  const field = { modelDb, floor, stock, load: LoadGenerator.start(cleanup) };
  const broken = await compare(cases, field, effort, WITH_FLOOR);
  if (known.length > 0) {
    const caller = await knownCaller(url, stock, cleanup);
    cleanup.add(() => {
      caller.close();
    });
    const withOpen = { ...field, modelDb: caller, floor: modelDb };
    broken.push(...(await compare(known, withOpen, alternateMore(effort), WITH_OPEN)));
  }

  const client = new pg.Client({ connectionString: url });
  await client.connect();
  cleanup.add(() => client.end());
  const batchResults: BatchResult[] = [];
  for (const one of batches) {
    console.error(one.name);
    batchResults.push(await runBatches(one, { modelDb, stock, client }, effort));
  }
  if (batchResults.length > 0) console.log(`${formatBatchResults(batchResults)}\n`);
  for (const line of skippedBatches(batchResults)) console.log(`left out: ${line}`);
  return [...broken, ...brokenBatchBudgets(batchResults)];
}

/** Measures the cases and prints what came of it. @returns a line for each broken budget */
async function compare(
  cases: readonly HotCase[],
  field: HotField,
  effort: Effort,
  comparison: Comparison,
): Promise<string[]> {
  const results = [];
  for (const one of cases) {
    console.error(one.name);
    results.push(...(await runHotCase(one, field, effort)));
  }
  if (results.length > 0) console.log(`${formatHotResults(results, comparison)}\n`);
  return brokenHotBudgets(results, comparison);
}

async function footprint(
  { place, streaming, effort }: BenchOptions,
  wanted: (part: { readonly name: string }) => boolean,
  cleanup: Cleanup,
): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  if (wanted({ name: 'streaming' })) {
    console.error('streaming');
    verdicts.push(
      await cleanup.during((inner) => measureStreaming(streaming, STREAMED_EXPERIMENTS, inner)),
    );
  }
  if (wanted({ name: 'startup' })) {
    console.error('startup');
    verdicts.push(
      'dataDir' in place
        ? await measureStartup(place.dataDir, STOCK_EXPERIMENTS, effort.rounds, cleanup)
        : { line: 'left out: startup needs a folder, not a database' },
    );
  }
  return verdicts;
}

function callerOf({ url }: Program, cleanup: Cleanup): Caller {
  const caller = new Caller(url);
  cleanup.add(() => {
    caller.close();
  });
  return caller;
}

await runProgram(USAGE, main, [StartupError]);
