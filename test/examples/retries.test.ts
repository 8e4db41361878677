import { expect, it } from '@jest/globals';
import { CarelessClient } from '../../examples/retries/careless-client.js';
import { runPipeline } from '../../examples/retries/pipeline.js';
import { startService } from '../support/service.js';

it('a client that loses answers and repeats every write three times ends with exactly the right rows', async () => {
  await using service = await startService();
  const client = new CarelessClient(service.http.url, Math.random);
  const outcome = await runPipeline(client, 'retries', 30);
  expect(outcome).toEqual({ writes: 4 + 30 * 8, expected: 30, found: 30, faults: [] });
  expect(client.traffic.sent).toBe(4 * outcome.writes);
  const { rows } = await service.database.sql.query<{ keys: number; experiments: number }>(
    `SELECT (SELECT count(*)::int FROM idempotency_keys) AS keys,
       (SELECT count(*)::int FROM experiments) AS experiments`,
  );
  expect(rows).toEqual([{ keys: outcome.writes, experiments: 30 }]);
});
