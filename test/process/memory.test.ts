import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { ServiceProcess } from '../support/service-process.js';

const MEBIBYTE = 1024 * 1024;
const ROWS = 200_000;
let database: TestDatabase;
let service: ServiceProcess;
beforeAll(async () => {
  database = await createDatabase();
  await database.sql.query(
    `INSERT INTO projects (project_id, project_name) VALUES ('p', 'p');
     INSERT INTO models (model_id, project_id, model_name) VALUES ('m', 'p', 'm');
     INSERT INTO experiments (experiment_id, project_id, model_id, model_version_id, parameters, evaluations)
     SELECT 'e' || lpad(i::text, 7, '0'), 'p', 'm', 'v' || i,
       jsonb_build_object('lr', i / 1e6, 'optimizer', 'adam', 'note', repeat('x', 200)),
       jsonb_build_object('accuracy', i / 2e5)
     FROM generate_series(1, ${String(ROWS)}) i`,
  );
  service = new ServiceProcess({ DATABASE_URL: database.url });
}, 60_000);
afterAll(async () => {
  await service.end('SIGTERM');
  await database.drop();
});

/** Reads the whole list, counting rows and bytes without keeping them, and the most memory the service took. */
async function readAll(url: string): Promise<{ rows: number; bytes: number; peak: number }> {
  const response = await fetch(`${url}/experiments/all`);
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  let [rows, bytes, peak] = [0, 0, 0];
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    const text = Buffer.from(chunk.value).toString('latin1');
    // A key may be cut in two by the end of a chunk, a brace may not; each row closes three objects.
    for (const character of text) if (character === '}') rows += 1;
    bytes += chunk.value.length;
    peak = Math.max(peak, await service.residentBytes());
  }
  return { rows: rows / 3, bytes, peak };
}

describe('/experiments/all with 200,000 experiments', () => {
  it('is complete, and the resident memory of the service stays flat', async () => {
    const { url } = await service.ready();
    const first = await readAll(url);
    const second = await readAll(url);
    expect([first.rows, second.rows]).toEqual([ROWS, ROWS]);
    expect(first.bytes).toBeGreaterThan(100 * MEBIBYTE);
    expect(first.peak).toBeLessThan(200 * MEBIBYTE);
    expect(second.peak).toBeLessThan(200 * MEBIBYTE);
    expect(second.peak - first.peak).toBeLessThan(32 * MEBIBYTE);
  }, 60_000);
});
