/**
 * Runs the npm scripts that are named, as many at a time as there are processors, and shows what each has said when it has
 * ended. Exits with 1 if one fails; the others run to their end all the same.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';

const waiting = process.argv.slice(2);
const failed = [];
await Promise.all(Array.from({ length: availableParallelism() }, runWaiting));
if (failed.length > 0) {
  console.error(`failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}

async function runWaiting() {
  for (let script = waiting.shift(); script !== undefined; script = waiting.shift()) {
    if (!(await run(script))) failed.push(script);
  }
}

/** @returns whether it succeeded */
async function run(script) {
  const began = Date.now();
  const child = spawn('npm', ['run', '--silent', script], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => said.push(text));
  const [code] = await once(child, 'close');
  const seconds = ((Date.now() - began) / 1000).toFixed(0);
  console.log(`${script}: ${code === 0 ? 'ok' : 'failed'} after ${seconds} s`);
  process.stdout.write(Buffer.concat(said));
  return code === 0;
}
