import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Answer } from '../support/http-client.js';
import { startService, type TestService } from '../support/service.js';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

/** A change of a record: how it is sent, below the record's own path. */
interface Change {
  readonly method: 'PATCH' | 'DELETE' | 'POST';
  readonly path?: string;
  readonly json?: object;
}

const text = fc.oneof(fc.string({ maxLength: 5 }), fc.constantFrom('é', '"', '{}', '0'));
const tags = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.option(text, { freq: 3, nil: null }));
const storable = (value: unknown): boolean => {
  const json = JSON.stringify(value);
  return !json.includes('\\u0000') && json.isWellFormed() && !/\\ud[89a-f]/i.test(json);
};
const patch = (fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Change> =>
  fc
    .record(fields, { requiredKeys: [] })
    .filter(storable)
    .map((json) => ({ method: 'PATCH', json }));

const changes = (fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Change[]> =>
  fc.array(
    fc.oneof(
      { weight: 5, arbitrary: patch(fields) },
      { weight: 1, arbitrary: fc.constant<Change>({ method: 'DELETE' }) },
      { weight: 2, arbitrary: fc.constant<Change>({ method: 'POST', path: '/restore' }) },
    ),
    { maxLength: 12 },
  );

const COMMON = { description: fc.option(text), tags: fc.option(tags) };
let count = 0;

/** Sends changes, and compares what each of them answered with what the history says of that time. */
async function compare(made: Answer, path: string, sent: readonly Change[]): Promise<void> {
  expect([made.status, made.text]).toEqual([200, made.text]);
  const states = [made.body];
  for (const { method, path: below = '', json } of sent) {
    const { status, body } = await service.http.send(method, path + below, {
      ...(json && { json }),
    });
    // Deleted twice, changed while it was deleted: nothing has happened.
    if (status === 200) states.push(body);
    else expect(status).toBe(404);
  }
  for (const state of states) {
    const { body } = await service.http.get(`${path}/history?at=${state.updated_datetime}`);
    expect(body).toEqual(state);
  }
  const events = (await service.http.get(`${path}/history`)).body as { occurred: string }[];
  const times = new Set(states.map(({ updated_datetime: time }) => time as string));
  expect(events.map(({ occurred }) => occurred)).toEqual([...times].toSorted().reverse());
}

describe('the history of a project', () => {
  it('has every state that was answered', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record(COMMON).filter(storable),
        changes({ ...COMMON, project_name: fc.constantFrom('', '-renamed') }),
        async (fields, sent) => {
          const name = `x${String((count += 1))}`;
          const first = { ...fields, tags: withoutNulls(fields.tags) };
          const made = await service.http.post('/projects', { project_name: name, ...first });
          const renaming = sent.map((change) => renamed(change, 'project_name', name));
          await compare(made, `/projects/id/${made.body.project_id as string}`, renaming);
        },
      ),
      { numRuns: 40 },
    );
  });

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
});

function withoutNulls(given: Record<string, string | null> | null) {
  return given && Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
}

/** Names are unique: a new one is made of the record's own. */
function renamed(change: Change, field: string, name: string): Change {
  const { json } = change;
  if (!json || !(field in json)) return change;
  return { ...change, json: { ...json, [field]: name + String((json as never)[field]) } };
}
