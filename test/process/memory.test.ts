import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { ServiceProcess } from '../support/service-process.js';

const MEBIBYTE = 1024 * 1024;
const ROWS = 220_000;
let database: TestDatabase;
let service: ServiceProcess;
beforeAll(async () => {
  database = await createDatabase();
  await database.sql.query(
    `INSERT INTO projects (project_id, project_name) VALUES ('p', 'p');
     INSERT INTO models (model_id, project_id, model_name) VALUES ('m', 'p', 'm');
     INSERT INTO experiments (experiment_id, project_id, model_id, model_version_id, parameters, evaluations)
     SELECT 'e' || lpad(i::text, 7, '0'), 'p', 'm', 'v' || i,
       jsonb_build_object('lr', i / 1e6, 'optimizer', 'adam', 'note', repeat('x', 400)),
       jsonb_build_object('accuracy', i / 2e5)
     FROM generate_series(1, ${String(ROWS)}) i`,
  );
  service = new ServiceProcess({ DATABASE_URL: database.url });
}, 60_000);
afterAll(async () => {
  await service.end('SIGTERM');
  await database.drop();
});

/** How often a character of ASCII is in a chunk. */
function countIn(chunk: Uint8Array, character: string): number {
  const code = character.charCodeAt(0);
  let count = 0;
  for (let at = chunk.indexOf(code); at !== -1; at = chunk.indexOf(code, at + 1)) count += 1;
  return count;
}

/** Reads the whole list, counting its bytes; its chunks may be looked at. */
async function readAll(
  url: string,
  look: (chunk: Uint8Array) => void = () => undefined,
  path = '/experiments/all',
  headers = {},
) {
  const response = await fetch(url + path, { headers });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  let bytes = 0;
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    look(chunk.value);
    bytes += chunk.value.length;
  }
  return bytes;
}

/** Hangs up after the first bytes. */
async function hangUp(url: string): Promise<void> {
  const call = request(`${url}/experiments/all`, { agent: false }).end();
  const [response] = (await once(call, 'response')) as [IncomingMessage];
  await once(response, 'data');
  response.destroy();
}

/** The most resident memory that the service had meanwhile, in MiB. */
async function peakDuring(work: () => Promise<unknown>): Promise<number> {
  await service.forgetPeak();
  await work();
  return (await service.peakBytes()) / MEBIBYTE;
}

describe('the resident memory of the service, with 220,000 experiments of 800 bytes', () => {
  it('stays flat while one after the other reads them all, and they are all there', async () => {
    const { url } = await service.ready();
    let rows = 0;
    const count = (chunk: Uint8Array): void => {
      // A key may be cut in two by the end of a chunk, a brace may not; each row closes three objects.
      rows += countIn(chunk, '}') / 3;
    };
    const first = await peakDuring(async () => {
      expect(await readAll(url, count)).toBeGreaterThan(150 * MEBIBYTE);
    });
    expect(Math.round(rows)).toBe(ROWS);
    const second = await peakDuring(() => readAll(url));
    expect([first, second].filter((peak) => peak > 200)).toEqual([]);
    expect(second - first).toBeLessThan(32);
  }, 60_000);

  it('is little more for five at a time', async () => {
    const { url } = await service.ready();
    const five = (): Promise<unknown> => Promise.all(Array.from({ length: 5 }, () => readAll(url)));
    expect(await peakDuring(five)).toBeLessThan(250);
  }, 120_000);

  it('is not kept by readers who hang up', async () => {
    const { url } = await service.ready();
    const peak = await peakDuring(async () => {
      for (let round = 0; round < 15; round += 1) {
        await Promise.all(Array.from({ length: 8 }, () => hangUp(url)));
      }
    });
    expect(peak).toBeLessThan(250);
  }, 60_000);

  it('is little more while the events of the audit are read as lines', async () => {
    const { url } = await service.ready();
    await database.sql.query(
      `INSERT INTO audit_events (occurred, actor, method, action, entity_type, entity_id, after)
       SELECT now(), 'a', 'none', 'experiment.create', 'experiment', e.experiment_id, to_jsonb(e) FROM experiments e`,
    );
    let rows = 0;
    const count = (chunk: Uint8Array): void => {
      rows += countIn(chunk, '\n');
    };
    const lines = { accept: 'application/x-ndjson' };
    const peak = await peakDuring(() => readAll(url, count, '/audit/events', lines));
    expect(rows).toBe(ROWS);
    expect(peak).toBeLessThan(250);
  }, 120_000);
});
