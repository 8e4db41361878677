import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failOver, type FailOver } from './fail-over.js';

const ROUNDS = 3;
const WRITERS = 16;
const WRITES = 2000;
const LONGEST_OUTAGE_MS = 10_000;

/** What is wrong with how it came out. */
function complaints(outcome: FailOver): string[] {
  const { acknowledged, found, doubled, untold, wrong, unanswered, outageMs } = outcome;
  return [
    ...(found < acknowledged
      ? [`${String(acknowledged - found)} acknowledged writes are lost`]
      : []),
    ...(doubled > 0 ? [`${String(doubled)} writes were made twice`] : []),
    ...(untold > 0 ? [`${String(untold)} writes and events do not belong together`] : []),
    ...(unanswered > 0 ? [`${String(unanswered)} writes were not answered`] : []),
    ...wrong.map((text) => `an answer was neither 200 nor 503: ${text}`),
    ...(outageMs > LONGEST_OUTAGE_MS ? ['it took too long'] : []),
  ];
}

function describe({ acknowledged, found, doubled, refused, promotionMs, outageMs }: FailOver) {
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
  return [
    `${String(acknowledged)} writes acknowledged, ${String(found)} of them found, ${String(acknowledged - found)} lost`,
    `${String(doubled)} made twice`,
    `${String(refused)} answers were 503`,
    `promoted after ${seconds(promotionMs)}`,
    `no write acknowledged for ${seconds(outageMs)}`,
  ].join('; ');
}

let isSound = true;
for (let round = 1; round <= ROUNDS; round += 1) {
  const folder = await mkdtemp(join(tmpdir(), 'modeldb-failover-'));
  try {
    const outcome = await failOver({ folder, writers: WRITERS, writes: WRITES });
    console.log(`fail-over ${String(round)}: ${describe(outcome)}`);
    for (const complaint of complaints(outcome)) {
      isSound = false;
      console.error(`  ${complaint}`);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
process.exitCode = isSound ? 0 : 1;
