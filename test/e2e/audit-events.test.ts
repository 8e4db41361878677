import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Event } from '../support/events.js';
import { Records } from '../support/records.js';
import { startService, type TestService } from '../support/service.js';

let service: TestService;
let records: Records;
beforeAll(async () => {
  service = await startService();
  records = new Records(service.http);
});
afterAll(() => service.stop());

describe('the list of events', () => {
  const ids = (events: Event[]): number[] => events.map(({ event_id: id }) => id);
  const get = async (query: string): Promise<Event[]> => {
    const { status, body } = await service.http.get(`/audit/events?${query}`);
    expect([query, status]).toEqual([query, 200]);
    return body as Event[];
  };

  it('comes in the order of time, page by page, or whole', async () => {
    for (let count = 0; count < 5; count += 1) await records.project();
    const all = await get('');
    expect(ids(all)).toEqual(ids(all).toSorted((a, b) => a - b));
    expect(ids(await get('order=desc'))).toEqual(ids(all).reverse());
    for (const order of ['asc', 'desc']) {
      const seen: Event[] = [];
      let path: string | undefined = `/audit/events?order=${order}&limit=3`;
      while (path !== undefined) {
        const { body, headers } = await service.http.get(path);
        seen.push(...(body as Event[]));
        path = /<(.+)>/.exec(headers.get('link') ?? '')?.[1];
      }
      expect(seen).toEqual(order === 'asc' ? all : all.toReversed());
    }
    const { body } = await service.http.get('/audit/events?limit=1&cursor=AAAA');
    expect(body.code).toBe('INVALID_CURSOR');
  });

  it('is filtered by who, what and when', async () => {
    const { http } = service;
    const { project_id: id } = await records.project();
    await http.send('PATCH', `/projects/id/${id as string}`, {
      json: { description: 'x' },
      headers: { 'x-request-id': 'filtered' },
    });
    const [created, changed] = await get(`project_id=${id as string}`);
    expect(await get('request_id=filtered')).toEqual([changed]);
    expect(await get(`entity_id=${id as string}&action=project.create`)).toEqual([created]);
    expect(await get(`entity_id=${id as string}&since=${changed!.occurred}`)).toEqual([changed]);
    expect(await get(`entity_id=${id as string}&until=${changed!.occurred}`)).toEqual([created]);
    expect(await get(`entity_id=${id as string}&actor=nobody`)).toEqual([]);
    expect(await get(`entity_id=${id as string}&entity_type=model`)).toEqual([]);
    expect(await get(`entity_id=${id as string}&entity_type=project`)).toHaveLength(2);
    const wrong = await http.get('/audit/events?since=2026-02-30&until=now&actr=x');
    expect(wrong.status).toBe(422);
    const fields = (wrong.body.errors as { path: string }[]).map(({ path }) => path);
    expect(fields.toSorted()).toEqual(['actr', 'since', 'until']);
  });

  it('can be had as lines', async () => {
    const headers = { accept: 'application/x-ndjson' };
    const { http, database } = service;
    await database.sql.query(
      `INSERT INTO audit_events (occurred, actor, method, action, entity_type, entity_id, after)
       SELECT now(), 'many', 'none', 'x', 'x', 'x', jsonb_build_object('i', i) FROM generate_series(1, 1000) i`,
    );
    const answer = await http.get('/audit/events?actor=many', { headers });
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson');
    const lines = answer.text.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(await get('actor=many'));
    expect(lines).toHaveLength(1000);
    const page = await http.get('/audit/events?actor=many&limit=2', { headers });
    expect([page.text.match(/\n/g)?.length, page.headers.get('link')]).toEqual([
      2,
      expect.stringContaining('rel="next"'),
    ]);
    expect((await http.get('/audit/events?actor=none', { headers })).text).toBe('');
  });
});

describe('the database', () => {
  it.each([
    `UPDATE audit_events SET actor = 'somebody else'`,
    'UPDATE audit_events SET actor = actor WHERE false',
    'DELETE FROM audit_events',
    'TRUNCATE audit_events',
    'DELETE FROM audit_seals',
    'UPDATE audit_seals SET digest = digest',
    'TRUNCATE audit_seals',
    `INSERT INTO audit_events SELECT * FROM audit_events LIMIT 1`,
    `SET modeldb.audit_prune = 'on'; DELETE FROM audit_events`,
  ])('refuses %s', async (statement) => {
    await expect(service.database.sql.query(statement)).rejects.toThrow(
      /is only ever added to|cannot insert a non-DEFAULT value/,
    );
  });
});
