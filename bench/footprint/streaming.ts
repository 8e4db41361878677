import pg from 'pg';
import type { Cleanup } from '../support/cleanup.js';
import { ensureFilled } from '../support/filled.js';
import { Program } from '../support/program.js';
import { openTarget, type Place } from '../support/target.js';
import { countRows } from './count-rows.js';
import { judgeStreaming, type Verdict } from './verdict.js';

/** Reads all experiments at once from a Model DB that has just started. */
export async function measureStreaming(
  place: Place,
  experiments: number,
  cleanup: Cleanup,
): Promise<Verdict> {
  const databaseUrl = await openTarget(place, cleanup);
  await ensureFilled(databaseUrl, experiments);
  const expected = await countLive(databaseUrl);
  const service = await Program.modelDb(databaseUrl, cleanup);
  const start = performance.now();
  const response = await fetch(new URL('/experiments/all', service.url));
  if (!response.ok || !response.body) throw new Error(`status ${response.status}`);
  const { rows, bytes } = await countRows(response.body);
  const seconds = (performance.now() - start) / 1000;
  return judgeStreaming({ rows, expected, bytes, seconds, peakMiB: await service.peakMiB() });
}

async function countLive(databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ count: number }>(
      `SELECT count(*)::int AS count
       FROM experiments e JOIN models m USING (model_id) JOIN projects p ON p.project_id = e.project_id
       WHERE e.deleted_datetime IS NULL AND m.deleted_datetime IS NULL AND p.deleted_datetime IS NULL`,
    );
    return rows[0]?.count ?? NaN;
  } finally {
    await client.end();
  }
}
