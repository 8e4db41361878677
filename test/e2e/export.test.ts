import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { sealEvents } from '#audit';
import { connect } from '#database';
import { exportArchive } from '../../apps/cli/src/archive/export-archive.js';
import { importFrom, place, type Place } from '../support/archives.js';
import { untilBlocked } from '../support/barrier.js';
import { ADMIN_KEY, ClosedService, type MadeKey } from '../support/closed-service.js';
import { STORABLE_TEXTS } from '../support/hostile.js';

// Two services, and everything moved from one to the other.
jest.setTimeout(60_000);

let old: ClosedService;
let folders: Place;
let editor: MadeKey;
beforeAll(async () => {
  [old, folders] = await Promise.all([ClosedService.start(), place()]);
  await fill();
});
afterAll(() => Promise.all([old.stop(), folders[Symbol.asyncDispose]()]));

const ids = { project: '', model: '', experiment: '', deleted: '' };
const RETRIED = { headers: { 'idempotency-key': 'job-17' } };
let patched = '';

/** Something of everything that a service keeps. */
async function fill(): Promise<void> {
  const http = old.service.http;
  const project = await old.ok('POST', '/projects', {
    project_name: 'a/b "ü" 🌱',
    tags: { a: 'b' },
  });
  ids.project = project.project_id as string;
  editor = await old.makeKey('editor', [ids.project]);
  const model = await old.ok('POST', '/models', { project_id: ids.project, model_name: 'm' });
  ids.model = model.model_id as string;
  for (const [, text] of STORABLE_TEXTS) {
    await old.ok('POST', '/experiments', {
      ...{ model_id: ids.model, model_version_id: text, description: text },
      ...{ parameters: { [text]: text }, tags: { [text]: text }, evaluations: { [text]: 0.5 } },
    });
  }
  const body = {
    model_id: ids.model,
    model_version_id: 'v',
    evaluations: { loss: 'NaN', far: 1e300 },
  };
  const made = await old.send(editor.key, 'POST', '/experiments', body, RETRIED);
  ids.experiment = made.body.experiment_id as string;
  await http.send('POST', `/experiments/id/${ids.experiment}/metrics`, {
    raw: `{"metrics": [{"key": "loss", "value": "NaN", "step": 1}, {"key": "loss", "value": 0.10, "step": 2},
      {"key": "loss", "value": "-Infinity", "step": -9007199254740993}]}`,
    headers: { authorization: `Bearer ${editor.key}` },
  });
  const changed = await old.ok('PATCH', `/experiments/id/${ids.experiment}`, {
    description: 'one',
  });
  patched = changed.updated_datetime as string;
  await old.ok('POST', `/experiments/evaluations/${ids.experiment}`, { evaluations: { loss: 1 } });
  const second = await old.ok('POST', '/models', { project_id: ids.project, model_name: 'gone' });
  ids.deleted = second.model_id as string;
  await old.ok('POST', '/experiments', { model_id: ids.deleted, model_version_id: 'below' });
  await old.ok('DELETE', `/models/id/${ids.deleted}`);
  await old.ok('PUT', `/projects/id/${ids.project}/members`, { member: 'group:x', role: 'viewer' });
  await using connection = await connect({
    ...{ databaseUrl: old.service.database.url, poolSize: 1, poolWaitMs: 10_000 },
    ...{ queueSize: 1, statementTimeoutMs: 10_000 },
  });
  // What others have begun in the cluster may still be below its events: they are sealed when that has ended.
  let seals = 0;
  while (seals === 0) await sealEvents(connection.database, () => (seals += 1));
  await old.ok('PATCH', `/projects/id/${ids.project}`, { description: 'not sealed yet' });
}

const questions = (): string[] => [
  ...['/projects/all', '/models/all', '/experiments/all', '/audit/events', '/auth/keys'],
  `/projects/id/${ids.project}`,
  `/projects/id/${ids.project}/members`,
  `/projects/id/${ids.project}/summary`,
  `/models/id/${ids.model}/history`,
  `/experiments/id/${ids.experiment}`,
  `/experiments/id/${ids.experiment}/history`,
  `/experiments/id/${ids.experiment}/history?at=${encodeURIComponent(patched)}`,
  `/experiments/id/${ids.experiment}/metrics?key=loss`,
  `/experiments/leaderboard?metric=loss.last&order=asc`,
  `/experiments/all?where=${encodeURIComponent('evaluations.far > 1')}`,
  `/models/id/${ids.deleted}`,
];

async function answersOf(service: ClosedService) {
  return Promise.all(
    questions().map(async (path) => {
      const { status, text, headers } = await service.send(ADMIN_KEY, 'GET', path);
      // When a key was last used is the one thing that reading changes.
      const kept = path === '/auth/keys' ? text.replaceAll(/"last_used_at":[^,}]+/g, '') : text;
      // A problem names its own request.
      return [path, status, status === 200 ? kept : '', headers.get('etag')];
    }),
  );
}

describe('a service on an imported database', () => {
  it('answers what the old one did, lets the same keys in, and goes on where that was', async () => {
    await using moved = await ClosedService.start();
    await exportArchive(old.service.database.url, folders.in('all'));
    const report = await importFrom(folders.in('all'), moved.service.database.url);
    expect(report).toMatchObject({ finding: null, seals: 1 });
    expect(report.unsealed_events).toBeGreaterThan(0);
    const answers = await answersOf(old);
    expect(answers.filter(([, status]) => status !== 200).map(([path]) => path)).toEqual([
      `/models/id/${ids.deleted}`,
    ]);
    expect(await answersOf(moved)).toEqual(answers);

    const whoami = await moved.send(editor.key, 'GET', '/auth/whoami');
    expect(whoami).toMatchObject({ status: 200, body: { key_id: editor.key_id } });
    const body = {
      model_id: ids.model,
      model_version_id: 'v',
      evaluations: { loss: 'NaN', far: 1e300 },
    };
    const again = await moved.send(editor.key, 'POST', '/experiments', body, RETRIED);
    expect(again).toMatchObject({ status: 200, body: { experiment_id: ids.experiment } });
    const restored = await moved.ok('POST', `/models/id/${ids.deleted}/restore`);
    expect(restored.model_name).toBe('gone');
    const below = await moved.ok('GET', `/experiments/model-id/${ids.deleted}`);
    expect(below).toMatchObject([{ model_version_id: 'below' }]);
    const events = await moved.ok('GET', '/audit/events?order=desc&limit=2');
    expect(events[0].event_id).toBeGreaterThan(events[1].event_id as number);
    expect(events[0]).toMatchObject({ action: 'model.restore' });
  });

  it('lets no key in when they were left out', async () => {
    await using moved = await ClosedService.start();
    await exportArchive(old.service.database.url, folders.in('closed'), { isWithoutKeys: true });
    await importFrom(folders.in('closed'), moved.service.database.url);
    expect((await moved.send(editor.key, 'GET', '/projects/all')).status).toBe(401);
    expect(await moved.ok('GET', '/projects/all')).toEqual(await old.ok('GET', '/projects/all'));
  });
});

describe('an export while others write', () => {
  it('is of the moment at which it began, in all its tables', async () => {
    const { sql, url } = old.service.database;
    await using moved = await ClosedService.start();
    const before = await answersOf(old);
    // Between the experiments and the events.
    await sql.query('BEGIN; LOCK TABLE metric_points IN ACCESS EXCLUSIVE MODE');
    const exporting = exportArchive(url, folders.in('moment'));
    await untilBlocked(sql, 1);
    const project = await old.ok('POST', '/projects', { project_name: 'later' });
    const model = await old.ok('POST', '/models', {
      project_id: project.project_id,
      model_name: 'm',
    });
    const experiment = { model_id: model.model_id, model_version_id: 'later' };
    await old.send(editor.key, 'POST', '/experiments', experiment);
    await old.ok('POST', '/experiments', experiment);
    await old.ok('PATCH', `/experiments/id/${ids.experiment}`, { description: 'later' });
    await old.ok('DELETE', `/models/id/${ids.model}`);
    await sql.query('COMMIT');
    await exporting;
    const report = await importFrom(folders.in('moment'), moved.service.database.url);
    expect(report.finding).toBeNull();
    expect(await answersOf(moved)).toEqual(before);
  });
});
