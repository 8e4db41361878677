import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer } from '../support/http-client.js';
import { untilBlocked } from '../support/barrier.js';
import { Records } from '../support/records.js';
import { startService, type TestService } from '../support/service.js';

const CLIENTS = 200;
const QUEUE = 50;
let service: TestService;
beforeAll(async () => {
  service = await startService({ poolSize: 2, queueSize: QUEUE });
});
afterAll(() => service.stop());

describe('200 clients at 2 connections', () => {
  it('stand in a line of 50, the others are told 503 at once, and all who come back are served', async () => {
    const experiment = await new Records(service.http).experiment();
    const { sql } = service.database;
    await sql.query('BEGIN');
    await sql.query('SELECT FROM experiments WHERE experiment_id = $1 FOR UPDATE', [
      experiment.experiment_id,
    ]);
    const send = (client: number): Promise<Answer> =>
      service.http.post(`/experiments/evaluations/${experiment.experiment_id}`, {
        evaluations: { [`client ${String(client)}`]: client },
      });
    const first = Array.from({ length: CLIENTS }, (_, client) => send(client));
    // Those who find the line full are answered while all others still wait.
    let refused = 0;
    await new Promise<void>((resolve) => {
      for (const answer of first) {
        void answer.then(({ status }) => {
          if (status === 503 && (refused += 1) === CLIENTS - 2 - QUEUE) resolve();
        });
      }
    });
    await untilBlocked(sql, 2);
    await sql.query('COMMIT');
    const answers = await Promise.all(first);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(2 + QUEUE);
    for (const { status, headers, body } of answers) {
      if (status === 200) continue;
      expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'DATABASE_BUSY', '1']);
    }
    const persist = async (client: number): Promise<number> => {
      for (let attempts = 1; ; attempts += 1) {
        if ((await send(client)).status === 200) return attempts;
        await pause(Math.random() * 20 * attempts);
      }
    };
    await Promise.all(
      answers.flatMap(({ status }, client) => (status === 200 ? [] : [persist(client)])),
    );
    const { body } = await service.http.get(`/experiments/id/${experiment.experiment_id}`);
    expect(Object.keys(body.evaluations)).toHaveLength(CLIENTS);
  });

  it('are all served when they come two by two', async () => {
    const records = new Records(service.http);
    for (let pair = 0; pair < CLIENTS / 2; pair += 1) {
      await Promise.all([records.project(), records.project()]);
    }
  });
});
