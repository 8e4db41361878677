import { expect } from '@jest/globals';
import fc from 'fast-check';
import type { Answer, HttpClient } from './http-client.js';

/** A change of a record: how it is sent, below the record's own path. */
export interface Change {
  readonly method: 'PATCH' | 'DELETE' | 'POST';
  /** What stands after that path. */
  readonly path?: string;
  /** What stands before the id instead of it. */
  readonly base?: string;
  readonly json?: object;
}

export const text = fc.oneof(fc.string({ maxLength: 5 }), fc.constantFrom('é', '"', '{}', '0'));
const tags = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.option(text, { freq: 3, nil: null }));
export const storable = (value: unknown): boolean => {
  const json = JSON.stringify(value);
  return !json.includes('\\u0000') && json.isWellFormed() && !/\\ud[89a-f]/i.test(json);
};
const patch = (fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Change> =>
  fc
    .record(fields, { requiredKeys: [] })
    .filter(storable)
    .map((json) => ({ method: 'PATCH', json }));

export const changes = (fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Change[]> =>
  fc.array(
    fc.oneof(
      { weight: 5, arbitrary: patch(fields) },
      { weight: 1, arbitrary: fc.constant<Change>({ method: 'DELETE' }) },
      { weight: 2, arbitrary: fc.constant<Change>({ method: 'POST', path: '/restore' }) },
    ),
    { maxLength: 12 },
  );

export const COMMON = { description: fc.option(text), tags: fc.option(tags) };

/** Sends changes, and compares what each of them answered with what the history says of that time. */
export async function compareWithHistory(
  http: HttpClient,
  made: Answer,
  path: string,
  sent: readonly Change[],
): Promise<void> {
  expect([made.status, made.text]).toEqual([200, made.text]);
  const states = [made.body];
  for (const { method, path: below = '', base, json } of sent) {
    const to = base === undefined ? path + below : base + (path.split('/').at(-1) ?? '');
    const { status, body } = await http.send(method, to, {
      ...(json && { json }),
    });
    // Deleted twice, changed while it was deleted: nothing has happened.
    if (status === 200) states.push(body);
    else expect(status).toBe(404);
  }
  for (const state of states) {
    const { body } = await http.get(`${path}/history?at=${state.updated_datetime}`);
    expect(body).toEqual(state);
  }
  const events = (await http.get(`${path}/history`)).body as { occurred: string }[];
  const times = new Set(states.map(({ updated_datetime: time }) => time as string));
  expect(events.map(({ occurred }) => occurred)).toEqual([...times].toSorted().reverse());
}

export function withoutNulls(given: Record<string, string | null> | null) {
  return given && Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
}

/** Names are unique: a new one is made of the record's own. */
export function renamed(change: Change, field: string, name: string): Change {
  const { json } = change;
  if (!json || !(field in json)) return change;
  return { ...change, json: { ...json, [field]: name + String((json as never)[field]) } };
}
