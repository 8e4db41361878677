import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startService, type TestService } from '../support/service.js';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('POST /projects', () => {
  it('answers 200 with the new project, absent fields null', async () => {
    const answer = await service.http.post('/projects', { project_name: 'plain' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(answer.body).toEqual({
      project_id: expect.stringMatching(UUID_V7),
      project_name: 'plain',
      description: null,
      tags: null,
      created_datetime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/),
      updated_datetime: answer.body.created_datetime,
      deleted_datetime: null,
    });
  });

  it('keeps description and tags', async () => {
    const project = { project_name: 'rich', description: 'why', tags: { team: 'vision', '': 'x' } };
    const refused = await service.http.post('/projects', project);
    expect(refused.status).toBe(422);
    const tags = { team: 'vision', 'späte Größe': '🌱' };
    const { body } = await service.http.post('/projects', { ...project, tags });
    expect(body).toMatchObject({ description: 'why', tags });
  });

  it('answers the existing project of that name, unchanged', async () => {
    const first = await service.http.post('/projects', { project_name: 'again', description: 'a' });
    const second = await service.http.post('/projects', {
      project_name: 'again',
      description: 'b',
    });
    expect(second.status).toBe(200);
    expect(second.body).toEqual(first.body);
  });

  it('with If-None-Match: * answers 412 when the name is taken, and creates when it is not', async () => {
    const headers = { 'if-none-match': '*' };
    const first = await service.http.post('/projects', { project_name: 'new' }, { headers });
    const second = await service.http.post('/projects', { project_name: 'new' }, { headers });
    expect([first.status, second.status]).toEqual([200, 412]);
    expect(second.body.code).toBe('PROJECT_EXISTS');
  });
});

describe('GET /projects/…', () => {
  it('finds one by id and by name', async () => {
    const { body } = await service.http.post('/projects', { project_name: 'findable' });
    expect((await service.http.get(`/projects/id/${body.project_id}`)).body).toEqual(body);
    expect((await service.http.get('/projects/name/findable')).body).toEqual(body);
  });

  it.each(['/projects/id/nope', '/projects/name/nope'])('%s answers 404', async (path) => {
    const answer = await service.http.get(path);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(answer.body).toEqual({
      type: 'urn:modeldb:problem:project-not-found',
      title: 'Not Found',
      status: 404,
      detail: 'There is no such project.',
      instance: path,
      code: 'PROJECT_NOT_FOUND',
      request_id: answer.headers.get('x-request-id'),
    });
  });

  it('lists all, oldest first', async () => {
    const names = ['list-c', 'list-a', 'list-b'];
    for (const name of names) await service.http.post('/projects', { project_name: name });
    const { status, body } = await service.http.get('/projects/all');
    expect(status).toBe(200);
    const listed = body.map((project: { project_name: string }) => project.project_name);
    expect(listed.slice(-3)).toEqual(names);
    const times = body.map((project: { created_datetime: string }) => project.created_datetime);
    expect(times).toEqual([...times].sort());
  });
});
