import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ClosedService } from '../support/closed-service.js';
import type { Event } from '../support/events.js';
import { ROUTE_ROWS } from '../support/route-rows.js';

let service: ClosedService;
let ids: Record<string, string>;
let adminKey: string;
beforeAll(async () => {
  service = await ClosedService.start();
  const ok = service.ok.bind(service);
  adminKey = (await service.makeKey('admin')).key;
  const project = { project_name: 'p' };
  const { project_id } = await ok('POST', '/projects', project);
  const model = { project_id, model_name: 'm' };
  const { model_id } = await ok('POST', '/models', model);
  const [one, other] = [
    await ok('POST', '/experiments', {
      model_id,
      model_version_id: 'v',
      evaluations: { accuracy: 1 },
    }),
    await ok('POST', '/experiments', { model_id, model_version_id: 'v' }),
  ];
  for (const { experiment_id } of [one, other]) {
    const metrics = [{ key: 'loss', value: 1, step: 0 }];
    await ok('POST', `/experiments/id/${experiment_id as string}/metrics`, { metrics });
  }
  ids = {
    ...project,
    ...model,
    model_id,
    model_version_id: 'v',
    experiment_id: one.experiment_id,
    other_id: other.experiment_id,
    key_id: (await service.makeKey('viewer')).key_id,
    ended_key_id: (await service.makeKey('viewer')).key_id,
  };
});
afterAll(() => service.stop());

const fill = (text: string): string =>
  text.replaceAll(/\{(\w+)\}/g, (match, name: string) => ids[name] ?? match);

/** What finds a thing that a row before it has made. */
const FINDS = new Set(['/models/batch']);

describe('every route', () => {
  it('that writes is told of under the id of its request, and no other one is', async () => {
    const counts = { written: 0, other: 0 };
    for (const [place, [kind, method, path, body]] of ROUTE_ROWS.entries()) {
      const id = `route-${String(place)}`;
      const json = body && (JSON.parse(fill(JSON.stringify(body))) as object);
      const headers = { 'x-request-id': id };
      const { status } = await service.send(adminKey, method, fill(path), json, { headers });
      const name = `${method} ${path}`;
      expect([name, status]).toEqual([name, 200]);
      const events: Event[] = await service.ok('GET', `/audit/events?request_id=${id}`);
      // The batch after a project of that name finds it, too.
      const isFound = kind === 'find' || FINDS.has(path) || name === 'POST /projects/batch';
      const writes = method !== 'GET' && !path.endsWith('/search') && !isFound;
      expect([name, events.length > 0]).toEqual([name, writes]);
      for (const { actor, method: how } of events) {
        expect([actor.startsWith('key:'), how]).toEqual([true, 'api_key']);
      }
      counts[writes ? 'written' : 'other'] += 1;
    }
    expect(counts.written).toBeGreaterThan(20);
    expect(counts.other).toBeGreaterThan(40);
  });

  it('leaves records that are what their events say, from their making on', async () => {
    for (const type of ['project', 'model', 'experiment']) {
      const { rows } = await service.service.database.sql.query<{ made: unknown; undone: unknown }>(
        `SELECT e.after AS made, audit_state(to_jsonb(r), e.entity_type, e.entity_id, '-infinity') - 'content_bytes' AS undone
         FROM ${type}s r LEFT JOIN audit_events e ON e.entity_id = r.${type}_id AND e.action = '${type}.create'`,
      );
      expect(rows.length).toBeGreaterThan(0);
      for (const { made, undone } of rows) expect(undone).toEqual(made);
    }
  });
});
