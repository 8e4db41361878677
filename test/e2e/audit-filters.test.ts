import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { startService, type TestService } from '../support/service.js';
import { walk } from '../support/walk.js';

jest.setTimeout(60_000);

const EVENTS = 300;
let service: TestService;
beforeAll(async () => {
  service = await startService();
  // Many of one moment, and of each kind.
  await service.database.sql.query(
    `INSERT INTO audit_events (occurred, actor, method, action, entity_type, entity_id, project_id, after)
     SELECT timestamptz '2026-01-01' + i * 7 % 20 * interval '1 minute', 'a' || i % 3, 'none',
       (ARRAY['project.update', 'experiment.create'])[1 + i % 2], (ARRAY['project', 'experiment'])[1 + i % 2],
       'e' || i % 5, 'p' || i % 4, '{}'
     FROM generate_series(1, ${String(EVENTS)}) i`,
  );
});
afterAll(() => service.stop());

const times = fc.option(
  fc
    .integer({ min: -1, max: 21 })
    .map((minute) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString()),
  { nil: undefined },
);
const oneOf = (...values: string[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
const filters = fc.record({
  actor: oneOf('a0', 'a1', 'nobody'),
  action: oneOf('project.update', 'experiment.create'),
  entity_type: oneOf('project', 'experiment'),
  entity_id: oneOf('e0', 'e3'),
  project_id: oneOf('p0', 'p2'),
  since: times,
  until: times,
});
type Filter = typeof filters extends fc.Arbitrary<infer One> ? One : never;

/** What the filter lets pass, found in the plainest way. */
async function expected({ since, until, ...same }: Filter, order: string): Promise<string[]> {
  const conditions = Object.entries(same).flatMap(([column, value]) =>
    value === undefined ? [] : [`${column} = '${value}'`],
  );
  if (since !== undefined) conditions.push(`occurred >= '${since}'`);
  if (until !== undefined) conditions.push(`occurred < '${until}'`);
  const { rows } = await service.database.sql.query<{ event_id: string }>(
    `SELECT event_id FROM audit_events WHERE ${['true', ...conditions].join(' AND ')}
     ORDER BY occurred ${order}, event_id ${order}`,
  );
  return rows.map((row) => row.event_id);
}

async function idsOf(query: URLSearchParams): Promise<string[]> {
  const events = await walk(service.http, `/audit/events?${query.toString()}`);
  return events.map((event: { event_id: string | number }) => String(event.event_id));
}

it('finds the events of any filter, each once and in order, page by page and whole', async () => {
  await fc.assert(
    fc.asyncProperty(
      filters,
      fc.constantFrom('asc', 'desc'),
      fc.integer({ min: 1, max: 40 }),
      async (filter, order, limit) => {
        const query = new URLSearchParams({ order });
        for (const [name, value] of Object.entries(filter)) {
          if (value !== undefined) query.set(name, value);
        }
        const all = await expected(filter, order);
        expect(await idsOf(query)).toEqual(all);
        query.set('limit', String(limit));
        expect(await idsOf(query)).toEqual(all);
      },
    ),
    { numRuns: 150 },
  );
});
