import type { Cleanup } from '../support/cleanup.js';
import { ensureFilled } from '../support/filled.js';
import { median } from '../support/median.js';
import { Program } from '../support/program.js';
import { openTarget } from '../support/target.js';
import { judgeStartup, type Verdict } from './verdict.js';

/** Starts Model DB with a PostgreSQL of its own again and again, until it listens; each time it is stopped as it should be. */
export async function measureStartup(
  dataDir: string,
  experiments: number,
  starts: number,
  cleanup: Cleanup,
): Promise<Verdict> {
  await cleanup.during(async (inner) => {
    await ensureFilled(await openTarget({ dataDir }, inner), experiments);
  });
  const times: number[] = [];
  for (let start = 0; start < starts; start += 1) {
    await cleanup.during(async (inner) => {
      const before = performance.now();
      await Program.modelDbAlone(dataDir, inner);
      times.push(performance.now() - before);
    });
  }
  return judgeStartup(times, median(times));
}
