import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SealingService } from '#audit';
import { startService, type TestService } from '../support/service.js';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

describe('a history', () => {
  it('begins when it was made, and knows records that are older than the audit', async () => {
    const { http, database } = service;
    await database.sql.query(
      `INSERT INTO projects (project_id, project_name, tags, created_datetime, updated_datetime)
       VALUES ('old', 'old', '{"a": "1"}', '2020-01-01', '2020-01-02')`,
    );
    const { body: before } = await http.get('/projects/id/old');
    await http.patch('/projects/id/old', { tags: { a: null, b: '2' } });
    const at = (time: string) => http.get(`/projects/id/old/history?at=${time}`);
    expect((await at('2020-06-01')).body).toEqual(before);
    expect((await at('2020-01-01T00:00:00Z')).body).toEqual(before);
    for (const answer of [await at('2019-12-31'), await http.get('/projects/id/x/history')]) {
      expect([answer.status, answer.body.code]).toEqual([404, 'PROJECT_NOT_FOUND']);
    }
    expect((await at('yesterday')).status).toBe(422);
    await http.delete('/projects/id/old');
    expect((await at('2099-01-01')).body.deleted_datetime).toMatch(/Z$/);
    expect((await http.get('/projects/id/old/history')).body).toHaveLength(2);
  });

  it('comes page by page', async () => {
    const { body } = await service.http.post('/projects', { project_name: 'paged' });
    const path = `/projects/id/${body.project_id as string}`;
    for (const description of ['1', '2', '3', '4']) await service.http.patch(path, { description });
    const all = (await service.http.get(`${path}/history`)).body as object[];
    const first = await service.http.get(`${path}/history?limit=3`);
    const next = /<(.+)>/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    const second = await service.http.get(next);
    expect(second.headers.get('link')).toBeNull();
    expect([...first.body, ...second.body]).toEqual(all);
    expect(all).toHaveLength(5);
  });

  it('keeps digits that no number of JavaScript has, and tells 1 from 1.0', async () => {
    const { http } = service;
    const { body: project } = await http.post('/projects', { project_name: 'exact' });
    const { body: model } = await http.post('/models', {
      project_id: project.project_id,
      model_name: 'm',
    });
    const send = (path: string, evaluations: string, more = '') =>
      http.send('POST', path, { raw: `{"evaluations": ${evaluations}${more}}` });
    const exact = '{"a": 0.12345678901234567890123456789, "b": 1}';
    const ids = `, "model_id": "${model.model_id as string}", "model_version_id": "v"`;
    const made = await send('/experiments', exact, ids);
    const id = made.body.experiment_id as string;
    await send(`/experiments/evaluations/${id}`, '{"a": 2, "b": 1.0, "c": 3}');
    await send(`/experiments/evaluations/${id}`, '{"b": 1}');
    const path = `/experiments/id/${id}/history`;
    const { text: past } = await http.get(`${path}?at=${made.body.updated_datetime as string}`);
    expect(past).toBe(made.text);
    const { text: events } = await http.get(path);
    expect(events).toContain('"evaluations": {"b": 1.0}');
    expect(events).toContain('"evaluations": {"a": 0.12345678901234567890123456789, "b": 1}');
  });

  it('does not go back beyond what was pruned', async () => {
    const { http, database } = service;
    const { body: old } = await http.post('/projects', { project_name: 'pruned' });
    const path = `/projects/id/${old.project_id as string}`;
    await http.patch(path, { description: 'x' });
    const sealing = service.app.get(SealingService);
    const unsealed = `SELECT FROM audit_events e WHERE action <> 'audit.prune'
      AND NOT EXISTS (SELECT FROM audit_seals s WHERE e.event_id = ANY (s.event_ids))`;
    do await sealing.work();
    while ((await database.sql.query(unsealed)).rows.length > 0);
    await database.sql.query(`SELECT prune_audit('infinity', 1000000, '{somebody,none}')`);
    const { body: changed } = await http.patch(path, { description: 'y' });
    const at = (time: string) => http.get(`${path}/history?at=${time}`);
    expect((await at(changed.updated_datetime as string)).body).toEqual(changed);
    const lost = await at(old.updated_datetime as string);
    expect([lost.status, lost.body.code]).toEqual([404, 'HISTORY_PRUNED']);
    expect((await at('2020-01-01')).body.code).toBe('PROJECT_NOT_FOUND');

    const { body: made } = await http.post('/projects', { project_name: 'after that' });
    const known = `/projects/id/${made.project_id as string}/history?at=`;
    await http.delete(`/projects/id/${made.project_id as string}`);
    expect((await http.get(known + (made.updated_datetime as string))).body).toEqual(made);
  });
});
