import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { SealingService } from '#audit';
import { Database, SearchDatabase, type Statement, type Value } from '#database';
import { workOf, type Work } from '../support/plan.js';
import { startService, type TestService } from '../support/service.js';

jest.setTimeout(60_000);

const EVENTS = 40_000;
let service: TestService;
beforeAll(async () => {
  service = await startService();
  const { sql } = service.database;
  await sql.query(`INSERT INTO projects (project_id, project_name) VALUES ('p', 'p'), ('q', 'q')`);
  // In many transactions, as they come.
  for (let part = 0; part < 40; part += 1) {
    await sql.query(
      `INSERT INTO audit_events (occurred, actor, method, action, entity_type, entity_id, project_id, after)
       SELECT timestamptz '2026-01-01' + i * interval '1 minute',
         CASE WHEN i % 1000 = 0 THEN 'rare' ELSE 'a' || i % 7 END, 'none',
         CASE WHEN i % 1000 = 0 THEN 'project.update' ELSE 'experiment.create' END,
         CASE WHEN i % 1000 = 0 THEN 'project' ELSE 'experiment' END,
         CASE WHEN i % 1000 = 0 THEN 'p' ELSE 'e' || i END, CASE WHEN i % 1000 = 1 THEN 'q' ELSE 'p' END, '{"x": 1}'
       FROM generate_series($1::int * 1000, $1::int * 1000 + 999) i`,
      [part],
    );
  }
});
afterAll(() => service.stop());

interface Sent {
  readonly statement: Statement;
  readonly values: readonly Value[];
}

/** The work of the last statement about events that is sent meanwhile. */
async function workDuring(work: () => Promise<unknown>): Promise<Work> {
  const databases = service.apps.flatMap((app) => [app.get(Database), app.get(SearchDatabase)]);
  const spies = databases.map((database) => jest.spyOn(database, 'page'));
  await work();
  const sent = spies.flatMap(({ mock }) =>
    mock.calls.map(([statement, values]): Sent => ({ statement, values })),
  );
  for (const spy of spies) spy.mockRestore();
  const last = sent.findLast(({ statement }) => statement.text.includes('audit_events'));
  if (!last) throw new Error('Nothing was asked of the events.');
  return workOf(service.database.sql, last.statement, last.values);
}

/** With statistics, and without them, as after a move or before the first autovacuum. */
describe.each([['no statistics'], ['statistics']])('with %s', (state) => {
  beforeAll(async () => {
    if (state === 'statistics') await service.database.sql.query('VACUUM ANALYZE audit_events');
  });

  it.each([
    ['the first page', 'order=asc'],
    ['the newest page', 'order=desc'],
    ['a page of an hour', 'since=2026-01-20T12:00:00Z&until=2026-01-20T13:00:00Z'],
    ['a page of many of a caller', 'actor=a3'],
    ['the events of a thing', 'entity_id=p'],
    ['the newest of a thing', 'entity_id=p&order=desc'],
    ['a page of a caller that does little', 'actor=rare'],
    ['the newest of it', 'actor=rare&order=desc'],
    ['a page of what seldom happens', 'action=project.update'],
    ['the newest of that', 'action=project.update&order=desc'],
    ['a page of what happens all the time', 'action=experiment.create'],
    ['a page of a project where little happens', 'project_id=q'],
    ['a page of one where much does', 'project_id=p&order=desc'],
    ['a page of a rare kind of thing', 'entity_type=project'],
    ['the newest of them', 'entity_type=project&order=desc'],
    ['a page of the usual kind', 'entity_type=experiment&order=desc'],
    ['an hour of a caller', 'actor=a3&since=2026-01-20T00:00:00Z&until=2026-01-20T03:00:00Z'],
    [
      'the newest of an hour of a project',
      'project_id=p&since=2026-01-20T12:00:00Z&until=2026-01-20T13:00:00Z&order=desc',
    ],
    ['what somebody seldom does', 'actor=rare&action=project.update'],
  ])('%s looks at little more than it answers', async (_, query) => {
    const { visited, sequentialScans } = await workDuring(async () => {
      const { status, body } = await service.http.get(`/audit/events?limit=20&${query}`);
      expect([status, (body as object[]).length]).toEqual([200, 20]);
    });
    expect(sequentialScans).toEqual([]);
    expect(visited).toBeLessThan(1000);
  });

  it.each(['asc', 'desc'])('minutes of a project, %s, end where they end', async (order) => {
    const minutes = { asc: '2026-01-02T00:0', desc: '2026-01-27T00:0' }[order] ?? '';
    const query = `project_id=p&since=${minutes}0:00Z&until=${minutes}5:00Z&order=${order}`;
    const { blocks } = await workDuring(() => service.http.get(`/audit/events?limit=20&${query}`));
    expect(blocks).toBeLessThan(50);
  });

  it('a page of a history does as well, and the next one', async () => {
    const path = '/projects/id/p/history?limit=10';
    const { headers } = await service.http.get(path);
    const next = /<(.+)>/.exec(headers.get('link') ?? '')?.[1] ?? '';
    for (const page of [path, next]) {
      const { visited } = await workDuring(() => service.http.get(page));
      expect(visited).toBeLessThan(1000);
    }
  });

  it('a seal looks at what it holds, however much there is to be sealed', async () => {
    const { sql } = service.database;
    const spy = jest.spyOn(service.app.get(Database), 'find').mockResolvedValue(undefined);
    await service.app.get(SealingService).work();
    const text = spy.mock.calls[0]?.[0].text ?? '';
    spy.mockRestore();
    await sql.query('BEGIN');
    const work = await workOf(sql, { prepared: false, text }, []);
    await sql.query('ROLLBACK');
    expect(work.sequentialScans).not.toContain('audit_events');
    expect(work.visited).toBeLessThan(EVENTS);
  });
});

describe('what is looked for by two', () => {
  beforeAll(() => service.database.sql.query('ANALYZE audit_events'));

  it.each([
    'actor=a3&project_id=p',
    'project_id=p&actor=rare',
    'action=experiment.create&project_id=q',
    'project_id=p&entity_type=project',
  ])('%s: is found by the rarer one', async (query) => {
    const { visited } = await workDuring(() => service.http.get(`/audit/events?limit=20&${query}`));
    expect(visited).toBeLessThan(1000);
  });
});
