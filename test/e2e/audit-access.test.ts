import { describe, expect, it } from '@jest/globals';
import { untilBlocked } from '../support/barrier.js';
import { ClosedService } from '../support/closed-service.js';
import { told, type Event } from '../support/events.js';
import { startService } from '../support/service.js';

const ADMIN_KEY = 'an-administrator-key-of-40-characters-00';
const bearer = (key: string) => ({ headers: { authorization: `Bearer ${key}` } });

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
    expect((events as Event[])[1]?.key_id).toBe(made.key_id);
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

describe('roles on projects', () => {
  it('are told as they are given and taken, also with a key or to whoever makes a project', async () => {
    await using closed = await ClosedService.start();
    const { project_id: id } = await closed.ok('POST', '/projects', { project_name: 'p' });
    const member = { member: 'user:ann', role: 'viewer' };
    const path = `/projects/id/${id as string}/members`;
    await closed.ok('PUT', path, member);
    await closed.ok('PUT', path, { ...member, role: 'admin' });
    await closed.ok('DELETE', `${path}?member=user:ann`);
    const key = await closed.makeKey('editor', [id as string]);
    const maker = await closed.makeKey('editor');
    const made = await closed.send(maker.key, 'POST', '/projects', { project_name: 'q' });
    const events: Event[] = await closed.ok('GET', `/audit/events?entity_type=member`);
    const times = { created_by: 'administrator', created_at: expect.any(String) };
    expect(events.map((event) => [event.project_id, event.entity_id, told(event)])).toEqual([
      [id, 'user:ann', { action: 'member.put', before: null, after: { role: 'viewer', ...times } }],
      [
        id,
        'user:ann',
        {
          action: 'member.put',
          before: { role: 'viewer', created_at: expect.any(String) },
          after: { role: 'admin', created_at: expect.any(String) },
        },
      ],
      [
        id,
        'user:ann',
        { action: 'member.remove', before: { role: 'admin', ...times }, after: null },
      ],
      [id, `key:${key.key_id}`, { action: 'member.put', before: null, after: { role: 'editor' } }],
      [
        made.body.project_id,
        `key:${maker.key_id}`,
        { action: 'member.put', before: null, after: { role: 'admin' } },
      ],
    ]);
  });

  it('that is given twice at once is told in the order in which it was', async () => {
    await using service = await startService();
    const { http, database } = service;
    const { body } = await http.post('/projects', { project_name: 'p' });
    const path = `/projects/id/${body.project_id as string}/members`;
    await database.sql.query('BEGIN');
    await database.sql.query(
      `INSERT INTO project_members (project_id, member, role, created_by) VALUES ($1, 'user:ann', 'viewer', 'x')`,
      [body.project_id],
    );
    const put = http.send('PUT', path, { json: { member: 'user:ann', role: 'editor' } });
    await untilBlocked(database.sql, 1);
    await database.sql.query('COMMIT');
    expect((await put).status).toBe(200);
    const events = (await http.get('/audit/events?entity_type=member')).body as Event[];
    expect(events.map(({ before, after }) => [before?.['role'], after?.['role']])).toEqual([
      ['viewer', 'editor'],
    ]);
  });
});
