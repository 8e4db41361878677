import { expect, it, jest } from '@jest/globals';
import { modeldb } from '../support/command-line.js';
import { outOfStep } from '../support/out-of-step.js';
import { startService } from '../support/service.js';

jest.setTimeout(60_000);

it('modeldb demo fills in, once, what can be searched and ranked', async () => {
  await using service = await startService();
  const { http, database } = service;
  const environment = { DATABASE_URL: database.url };
  const made = await modeldb(['demo', '--json'], environment);
  const filled = { projects: 2, models: 4, experiments: 46, points: 3000 };
  expect([made.exit, JSON.parse(made.stdout), made.stderr]).toEqual([0, filled, '']);

  const best = await http.get('/experiments/leaderboard?evaluation=accuracy&limit=1');
  const { experiment_id: id, evaluations } = best.body[0].experiment;
  expect(evaluations.accuracy).toBeGreaterThan(0.9);
  const { rows: curve } = await database.sql.query(
    `SELECT s.key, count(*)::int FROM metric_points p JOIN metric_series s USING (series_id)
     WHERE s.experiment_id = $1 GROUP BY s.key ORDER BY s.key`,
    [id],
  );
  expect(curve).toEqual([
    { key: 'accuracy', count: 60 },
    { key: 'loss', count: 60 },
  ]);
  expect(await outOfStep(database.sql)).toEqual([]);
  const { rows } = await database.sql.query(
    `SELECT count(*)::int, count(DISTINCT actor)::int AS actors FROM audit_events`,
  );
  expect(rows).toEqual([{ count: 2 + 4 + 46 + 38, actors: 1 }]);

  const again = await modeldb(['demo'], environment);
  expect([again.exit, again.stderr]).toEqual([2, 'There already is a project of this name.\n']);
});
