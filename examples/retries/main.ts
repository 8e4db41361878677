import { parseArgs } from 'node:util';
import { CarelessClient } from './careless-client.js';
import { runPipeline } from './pipeline.js';

const USAGE = `npm run example:retries -- [flags]

  --url <url>          the running Model DB (default: MODELDB_URL, else http://127.0.0.1:8000)
  --experiments <n>    how many experiments are recorded (default 100)
  --help               this text`;

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: process.env['MODELDB_URL'] ?? 'http://127.0.0.1:8000' },
    experiments: { type: 'string', default: '100' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) console.log(USAGE);
else {
  const client = new CarelessClient(values.url, Math.random);
  const name = `retries ${new Date().toISOString()}`;
  const outcome = await runPipeline(client, name, Number(values.experiments));
  const { sent, abandoned, replayed } = client.traffic;
  console.log(
    `${String(outcome.writes)} writes, sent ${String(sent)} times: ${String(abandoned)} answers lost, ` +
      `${String(replayed)} replayed.`,
  );
  console.log(
    `${String(outcome.expected)} experiments meant, ${String(outcome.found)} found, ${String(outcome.faults.length)} wrong.`,
  );
  for (const fault of outcome.faults) console.log(fault);
  process.exitCode = outcome.found === outcome.expected && outcome.faults.length === 0 ? 0 : 1;
}
