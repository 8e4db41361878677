import { StartupError } from '#errors';
import { readFacts } from './queries/facts.js';
import { CASES } from './queries/cases/index.js';
import { readOptions, USAGE, type QueryOptions } from './queries/options.js';
import { belowTheFloor, brokenBudgets, formatResults } from './queries/report.js';
import { runCase, type Field, type Result, type Subject } from './queries/run-case.js';
import { Caller } from './support/caller.js';
import type { Cleanup } from './support/cleanup.js';
import { Program } from './support/program.js';
import { runProgram } from './support/run-program.js';
import { openTarget } from './support/target.js';

async function main(cleanup: Cleanup): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (!options) {
    console.log(USAGE);
    return 0;
  }
  const results = await measureAll(await startAll(options, cleanup), options);
  console.log(formatResults(results));
  for (const line of belowTheFloor(results)) console.log(`slower than by hand: ${line}`);
  const broken = brokenBudgets(results);
  for (const line of broken) console.error(`BROKEN: ${line}`);
  return broken.length === 0 ? 0 : 1;
}

async function startAll({ large, small }: QueryOptions, cleanup: Cleanup): Promise<Field> {
  const largeUrl = await openTarget(large, cleanup);
  const smallUrl = await openTarget(small, cleanup);
  return {
    large: await startModelDb(largeUrl, cleanup),
    small: await startModelDb(smallUrl, cleanup),
    floor: callerOf(await Program.floor(largeUrl, cleanup), cleanup),
  };
}

async function startModelDb(url: string, cleanup: Cleanup): Promise<Subject> {
  const facts = await readFacts(url);
  return { facts, caller: callerOf(await Program.modelDb(url, cleanup), cleanup) };
}

function callerOf({ url }: Program, cleanup: Cleanup): Caller {
  const caller = new Caller(url);
  cleanup.add(() => {
    caller.close();
  });
  return caller;
}

async function measureAll(field: Field, { only, effort }: QueryOptions): Promise<Result[]> {
  const results: Result[] = [];
  for (const one of CASES.filter(({ name }) => name.includes(only))) {
    console.error(one.name);
    results.push(await runCase(one, field, effort));
  }
  return results;
}

await runProgram(USAGE, main, [StartupError]);
