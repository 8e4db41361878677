import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { Records } from '../support/records.js';
import { startService, type TestService } from '../support/service.js';

let service: TestService;
let modelId: string;
let projectId: string;
beforeAll(async () => {
  service = await startService();
  ({ model_id: modelId, project_id: projectId } = await new Records(service.http).model());
});
afterAll(() => service.stop());

/** Experiments that share a moment in groups of seven, so that pages end in the middle of one. */
async function fill(count: number, prefix: string, padding = 0): Promise<void> {
  await service.database.sql.query(
    `INSERT INTO experiments (experiment_id, project_id, model_id, model_version_id, parameters, created_datetime)
     SELECT $4 || lpad(i::text, 7, '0'), $2, $3, 'v', jsonb_build_object('i', i, 'x', repeat('x', $5)),
       timestamptz '2026-01-01' + (i / 7) * interval '1 second'
     FROM generate_series(1, $1::int) i`,
    [count, projectId, modelId, prefix, padding],
  );
}

const pool = (): Pool => (service.app.get(DataSource).driver as unknown as { master: Pool }).master;

describe('a list', () => {
  it('holds every row once, in order, over many pages', async () => {
    await fill(5000, 'many-');
    for (const path of ['all', `model-id/${modelId}`, `project-id/${projectId}`]) {
      const { status, body } = await service.http.get(`/experiments/${path}`);
      expect(status).toBe(200);
      const ids = body.map(({ experiment_id }: { experiment_id: string }) => experiment_id);
      expect(ids).toEqual(
        Array.from({ length: 5000 }, (_, i) => `many-${String(i + 1).padStart(7, '0')}`),
      );
    }
  });

  it('of projects and of models is complete beyond a page, too', async () => {
    const { sql } = service.database;
    await sql.query(
      `INSERT INTO projects (project_id, project_name) SELECT 'p' || i, 'p' || i FROM generate_series(1, 450) i`,
    );
    await sql.query(
      `INSERT INTO models (model_id, project_id, model_name) SELECT 'm' || i, 'p1', 'm' || i FROM generate_series(1, 400) i`,
    );
    expect((await service.http.get('/projects/all')).body).toHaveLength(451);
    expect((await service.http.get('/models/project-id/p1')).body).toHaveLength(400);
    expect((await service.http.get('/models/all')).body).toHaveLength(401);
  });

  it('of large rows comes in small pages', async () => {
    await service.database.sql.query('DELETE FROM experiments');
    await fill(60, 'large-', 200_000);
    const { body } = await service.http.get('/experiments/all');
    expect(body).toHaveLength(60);
    expect(body[59].parameters.x).toHaveLength(200_000);
  });

  it('that the client hangs up on frees the connection at once', async () => {
    await fill(20_000, 'hang-', 500);
    await new Promise<void>((resolve, reject) => {
      const call = request(`${service.http.url}/experiments/all`, (response) => {
        response.once('data', () => {
          response.destroy();
          resolve();
        });
      });
      call.on('error', reject);
      call.end();
    });
    // All ten connections are there for others: none is kept for the list that nobody reads.
    const clients = await Promise.all(Array.from({ length: 10 }, () => pool().connect()));
    for (const client of clients) client.release();
    expect(clients).toHaveLength(10);
    expect((await service.http.get('/health')).status).toBe(200);
  });

  it('is not read for a HEAD', async () => {
    const { status, text } = await service.http.send('HEAD', '/experiments/all');
    expect([status, text]).toEqual([200, '']);
  });

  it('breaks off, rather than looking complete, when the database goes away in the middle', async () => {
    const call = fetch(`${service.http.url}/experiments/all`).then(async (response) => {
      const reader = (response.body as ReadableStream<Uint8Array>).getReader();
      await reader.read();
      await service.database.sql.query('ALTER TABLE experiments RENAME TO away');
      for (;;) if ((await reader.read()).done) return 'complete';
    });
    await expect(call).rejects.toThrow();
    const refused = await service.http.get('/experiments/all');
    expect(refused.status).toBe(500);
    expect(refused.text).not.toMatch(/relation|SELECT|42P01/);
    await service.database.sql.query('ALTER TABLE away RENAME TO experiments');
  });
});
