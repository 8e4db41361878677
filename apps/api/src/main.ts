import cluster from 'node:cluster';
import { setFlagsFromString } from 'node:v8';
import { loadConfig } from '#config';
import { StartupError } from '#errors';
import { Shutdown } from './shutdown.js';
import { start } from './start.js';

const shutdown = new Shutdown();

async function fail(error: unknown): Promise<void> {
  if (shutdown.isRunning) return;
  await shutdown.run().catch((failure: unknown) => {
    console.error(failure);
  });
  // What an operator can mend is said in a line; anything else is ours to mend and shows where it happened.
  console.error(error instanceof StartupError ? error.message : error);
  process.exit(1);
}

// On a machine with much memory V8 lets what a stream leaves behind grow to several times of what is in use before it
// collects it. This way it is a third more at most, whatever the machine has.
setFlagsFromString('--heap-growing-percent=30');

try {
  if (cluster.isWorker) {
    const { work } = await import('./workers/work.js');
    await work(loadConfig(), shutdown);
  } else {
    const failing = (error: unknown): void => void fail(error);
    await shutdown.during(start(loadConfig(), shutdown, failing));
  }
} catch (error) {
  await fail(error);
}
