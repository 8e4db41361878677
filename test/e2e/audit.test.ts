import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { untilBlocked } from '../support/barrier.js';
import { Records } from '../support/records.js';
import { startService, type TestService } from '../support/service.js';

const ADMIN_KEY = 'an-administrator-key-of-40-characters-00';
const bearer = (key: string, more: Record<string, string> = {}) => ({
  headers: { authorization: `Bearer ${key}`, ...more },
});

interface Event {
  readonly event_id: number;
  readonly occurred: string;
  readonly actor: string;
  readonly method: string;
  readonly action: string;
  readonly entity_id: string;
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown> | null;
  readonly [field: string]: unknown;
}

let service: TestService;
let records: Records;
beforeAll(async () => {
  service = await startService();
  records = new Records(service.http);
});
afterAll(() => service.stop());

async function eventsOf(entityId: string): Promise<Event[]> {
  const { status, body } = await service.http.get(`/audit/events?entity_id=${entityId}`);
  expect(status).toBe(200);
  return body as Event[];
}

const told = ({ action, before, after }: Event) => ({ action, before, after });

describe('a change of a project', () => {
  it('is written down with who, what, before and after', async () => {
    const { http } = service;
    const made = await http.post(
      '/projects',
      { project_name: 'told', tags: { team: 'x', stage: 'a' } },
      { headers: { 'x-request-id': 'request-1' } },
    );
    const id = made.body.project_id as string;
    const path = `/projects/id/${id}`;
    const changed = await http.patch(path, { description: 'd', tags: { stage: 'b', team: null } });
    const removed = await http.delete(path);
    const restored = await http.post(`${path}/restore`);
    const [created, ...events] = await eventsOf(id);
    expect(created).toEqual({
      event_id: expect.any(Number),
      occurred: made.body.updated_datetime,
      actor: 'anybody',
      method: 'none',
      key_id: null,
      action: 'project.create',
      entity_type: 'project',
      entity_id: id,
      project_id: id,
      before: null,
      after: made.body,
      request_id: 'request-1',
      address: '127.0.0.1',
    });
    const times = [made, changed, removed, restored].map(({ body }) => body.updated_datetime);
    expect(events.map(({ occurred }) => occurred)).toEqual(times.slice(1));
    const deleted = removed.body.deleted_datetime;
    expect(events.map(told)).toEqual([
      {
        action: 'project.update',
        before: { description: null, tags: { team: 'x', stage: 'a' }, updated_datetime: times[0] },
        after: { description: 'd', tags: { stage: 'b' }, updated_datetime: times[1] },
      },
      {
        action: 'project.delete',
        before: { deleted_datetime: null, updated_datetime: times[1] },
        after: { deleted_datetime: deleted, updated_datetime: times[2] },
      },
      {
        action: 'project.restore',
        before: { deleted_datetime: deleted, updated_datetime: times[2] },
        after: { deleted_datetime: null, updated_datetime: times[3] },
      },
    ]);
  });

  it('that changes nothing, is refused or repeated, is not written down', async () => {
    const { http } = service;
    const { project_id: id, project_name } = await records.project();
    const path = `/projects/id/${id as string}`;
    const key = { headers: { 'idempotency-key': 'once' } };
    expect((await http.post('/projects', { project_name })).body.project_id).toBe(id);
    await http.post('/projects/batch', { projects: [{ project_name }] });
    await http.patch(path, {});
    await http.post(`${path}/restore`);
    await http.send('PATCH', path, { json: { description: 'x' }, headers: { 'if-match': '"1"' } });
    expect(await eventsOf(id as string)).toHaveLength(1);
    for (const replayed of [null, 'true']) {
      const { headers } = await http.send('PATCH', path, { json: { description: 'y' }, ...key });
      expect(headers.get('idempotency-replayed')).toBe(replayed);
    }
    expect(await eventsOf(id as string)).toHaveLength(2);
  });

  it('of a batch has an event for each that was made', async () => {
    const { http } = service;
    await http.post('/projects', { project_name: 'b1' });
    const { body } = await http.post('/projects/batch', {
      projects: [{ project_name: 'b1' }, { project_name: 'b2' }, { project_name: 'b3' }],
    });
    for (const project of body as { project_id: string }[]) {
      expect((await eventsOf(project.project_id)).map(told)).toEqual([
        { action: 'project.create', before: null, after: project },
      ]);
    }
  });

  it('that waited for another one tells what that one left', async () => {
    const { http, database } = service;
    const { project_id: id } = await records.project({ description: 'first', tags: { a: '1' } });
    await database.sql.query('BEGIN');
    await database.sql.query(
      `UPDATE projects SET description = 'second', tags = '{"a": "2", "b": "2"}', updated_datetime = clock_timestamp()
       WHERE project_id = $1`,
      [id],
    );
    const patched = http.patch(`/projects/id/${id as string}`, {
      description: 'third',
      tags: { b: '3' },
    });
    await untilBlocked(database.sql, 1);
    await database.sql.query('COMMIT');
    expect((await patched).body.tags).toEqual({ a: '2', b: '3' });
    const [, event] = await eventsOf(id as string);
    expect(event?.before).toMatchObject({ description: 'second', tags: { b: '2' } });
    expect(event?.after).toMatchObject({ description: 'third', tags: { b: '3' } });
  });
});

describe('a change of a key', () => {
  it('is written down with the caller, and never with the key', async () => {
    await using closed = await startService({ isOpen: false, adminKey: ADMIN_KEY });
    const { http } = closed;
    const body = { name: 'k', role: 'admin', expires_at: '2099-01-01T00:00:00Z' };
    const { body: made } = await http.post('/auth/keys', body, bearer(ADMIN_KEY));
    const rotate = (key: string, seconds: number) =>
      http.post(
        `/auth/keys/${made.key_id as string}/rotate`,
        { overlap_seconds: seconds },
        bearer(key),
      );
    const { body: next } = await rotate(made.key, 60);
    for (let times = 0; times < 2; times += 1) {
      await http.send('DELETE', `/auth/keys/${made.key_id as string}`, bearer(next.key));
    }
    const { body: events, text } = await http.get('/audit/events', bearer(ADMIN_KEY));
    const { key: _told, ...kept } = made;
    const { key: _toldToo, ...keptToo } = next;
    expect((events as Event[]).map((event) => [event.actor, event.method, told(event)])).toEqual([
      ['administrator', 'admin_key', { action: 'key.create', before: null, after: kept }],
      [
        `key:${made.key_id as string}`,
        'api_key',
        {
          action: 'key.rotate',
          before: { expires_at: '2099-01-01T00:00:00.000000Z' },
          after: { expires_at: expect.stringMatching(/^20.+Z$/) },
        },
      ],
      [
        `key:${made.key_id as string}`,
        'api_key',
        { action: 'key.create', before: null, after: { ...keptToo, follows: made.key_id } },
      ],
      [
        `key:${next.key_id as string}`,
        'api_key',
        {
          action: 'key.revoke',
          before: { revoked_at: null },
          after: { revoked_at: expect.stringMatching(/^20.+Z$/) },
        },
      ],
    ]);
    expect((events as Event[])[1]?.['key_id']).toBe(made.key_id);
    for (const { key } of [made, next]) expect(text).not.toContain(key.slice(21));
    const { rows } = await closed.database.sql.query<{ row: string }>(
      'SELECT e::text AS row FROM audit_events e',
    );
    const digests = await closed.database.sql.query<{ digest: string }>(
      'SELECT digest FROM api_keys',
    );
    const all = rows.map(({ row }) => row).join();
    for (const { digest } of digests.rows) expect(all).not.toContain(digest);
  });
});

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
