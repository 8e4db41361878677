import { fileURLToPath } from 'node:url';
import { StartupError } from '#errors';
import { makeStock } from './hot/stock.js';
import { LoadGenerator } from './load/load-generator.js';
import { mixedCalls } from './overload/calls.js';
import { DATA_DIR, readOptions, USAGE } from './overload/options.js';
import { secondsUntilUsual, usualMs } from './overload/recovery.js';
import type { Tally, Task } from './overload/task.js';
import { broken, report, type Overload } from './overload/verdict.js';
import { watchDuring } from './overload/watcher.js';
import { Caller } from './support/caller.js';
import type { Cleanup } from './support/cleanup.js';
import { ensureFilled } from './support/filled.js';
import { Program } from './support/program.js';
import { runProgram } from './support/run-program.js';
import { openTarget } from './support/target.js';

const GENERATOR = fileURLToPath(new URL('./overload/main.ts', import.meta.url));
/** What is there before the first request: enough that no table fits into a page or two. */
const STOCK_EXPERIMENTS = 20_000;
/** Until the service is compiled as it stays. */
const WARM_UP_SECONDS = 8;
const PEAK_SECONDS = 10;

async function main(cleanup: Cleanup): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (!options) {
    console.log(USAGE);
    return 0;
  }
  const { clients, connections, seconds, times } = options;
  const databaseUrl = await openTarget({ dataDir: DATA_DIR }, cleanup);
  await ensureFilled(databaseUrl, STOCK_EXPERIMENTS, true);
  const service = await Program.modelDb(databaseUrl, cleanup, { METRICS_OPEN: 'true' });
  const { url } = service;
  const caller = new Caller(url);
  const calls = mixedCalls(await makeStock(caller));
  const generator = LoadGenerator.start<Task, Tally>(cleanup, GENERATOR);

  await generator.take({ url, calls, seconds: WARM_UP_SECONDS, connections: clients });
  const usual = await usualMs(caller, calls);
  const cpu = [await service.cpuSeconds()];
  const peak = await generator.take({ url, calls, seconds: PEAK_SECONDS, connections: clients });
  const capacity = (peak.statuses[200] ?? 0) / peak.seconds;
  console.error(`capacity: ${capacity.toFixed(0)} requests a second`);
  cpu.push(await service.cpuSeconds());
  const residentBefore = await service.residentMiB();
  const task: Task = { url, calls, seconds, connections, rate: times * capacity };
  const [overload, seen] = await watchDuring(service, generator.take(task));
  cpu.push(await service.cpuSeconds());
  const recovery = await secondsUntilUsual(caller, calls, usual);
  caller.close();
  const peakAfter = await generator.take({
    url,
    calls,
    seconds: PEAK_SECONDS,
    connections: clients,
  });

  const result: Overload = {
    peak,
    overload,
    peakAfter,
    seen,
    recovery,
    usual,
    residentBefore,
    cpu,
  };
  console.log(report(result));
  const lines = broken(result);
  for (const line of lines) console.error(`BROKEN: ${line}`);
  return lines.length === 0 ? 0 : 1;
}

await runProgram(USAGE, main, [StartupError]);
