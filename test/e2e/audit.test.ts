import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { untilBlocked } from '../support/barrier.js';
import { eventsOf, told } from '../support/events.js';
import { Records } from '../support/records.js';
import { startService, type TestService } from '../support/service.js';

let service: TestService;
let records: Records;
beforeAll(async () => {
  service = await startService();
  records = new Records(service.http);
});
afterAll(() => service.stop());

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
    const [created, ...events] = await eventsOf(service.http, id);
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
    expect(await eventsOf(service.http, id)).toHaveLength(1);
    for (const replayed of [null, 'true']) {
      const { headers } = await http.send('PATCH', path, { json: { description: 'y' }, ...key });
      expect(headers.get('idempotency-replayed')).toBe(replayed);
    }
    expect(await eventsOf(service.http, id)).toHaveLength(2);
  });

  it('of a batch has an event for each that was made', async () => {
    const { http } = service;
    await http.post('/projects', { project_name: 'b1' });
    const { body } = await http.post('/projects/batch', {
      projects: [{ project_name: 'b1' }, { project_name: 'b2' }, { project_name: 'b3' }],
    });
    for (const project of body as { project_id: string }[]) {
      expect((await eventsOf(service.http, project.project_id)).map(told)).toEqual([
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
    const [, event] = await eventsOf(service.http, id);
    expect(event?.before).toMatchObject({ description: 'second', tags: { b: '2' } });
    expect(event?.after).toMatchObject({ description: 'third', tags: { b: '3' } });
  });
});
