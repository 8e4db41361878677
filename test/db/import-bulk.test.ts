import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connect, SCHEMA_OBJECTS } from '#database';
import { diagnose } from '../../apps/cli/src/doctor/diagnose.js';
import { inBulk } from '../../apps/cli/src/legacy/bulk.js';
import { LANES, LegacyImport } from '../../apps/cli/src/legacy/legacy-import.js';
import { openSource } from '../../apps/cli/src/legacy/open-source.js';
import { untilBlocked } from '../support/barrier.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { legacyPostgres, type LegacyPlace } from '../support/legacy.js';
import { outOfStep } from '../support/out-of-step.js';

const PARENTS = `
  INSERT INTO projects (project_id, project_name, created_datetime) VALUES ('p', 'p', '2021-01-01Z');
  INSERT INTO models (model_id, project_id, model_name, created_datetime) VALUES ('m', 'p', 'm', '2021-01-01Z')`;
/** As a service that runs creates one: the document and its number. */
const OF_SERVICE = `
  INSERT INTO experiments (experiment_id, project_id, model_id, model_version_id, evaluations)
  VALUES ('zzz', 'p', 'm', 'v', '{"accuracy": 1}');
  INSERT INTO experiment_evaluations VALUES ('zzz', 'accuracy', 1, 'm', 'p')`;
const DROPPED = SCHEMA_OBJECTS.filter(
  ({ kind, table }) => kind === 'index' && /^experiment(?:s|_evaluations)$/.test(table),
).map(({ name }) => name);

let test: TestDatabase;
let place: LegacyPlace;
beforeEach(async () => {
  [test, place] = [await createDatabase(), await legacyPostgres()];
  await place.run(
    `${PARENTS};
     INSERT INTO experiments (experiment_id, model_id, model_version_id, evaluations)
     SELECT lpad(i::text, 6, '0'), 'm', 'v', json_build_object('accuracy', i) FROM generate_series(1, 6000) i`,
  );
});
afterEach(async () => {
  await place[Symbol.asyncDispose]();
  await test.drop();
});

interface Given {
  readonly from?: LegacyPlace;
  readonly signal?: AbortSignal;
  /** What is told of the end. */
  readonly steps?: string[];
  /** The step of the end before which all is left behind as kill -9 leaves it. */
  readonly cutOffAt?: string;
}

async function importLegacy({ from = place, signal, steps = [], cutOffAt }: Given = {}) {
  await using source = await openSource(from.source);
  await using connection = await connect({
    databaseUrl: test.url,
    poolSize: LANES,
    poolWaitMs: 10_000,
    queueSize: 10,
    statementTimeoutMs: 0,
  });
  const options = { dryRun: false, mend: false, onDefect: () => undefined };
  const legacy = new LegacyImport(connection.database, source, {
    ...options,
    ...(signal && { signal }),
  });
  const onProgress = (what: string): void => {
    steps.push(what);
    if (what === cutOffAt) throw new Error('cut off');
  };
  return await inBulk(test.url, () => legacy.run(), { onProgress });
}

const schema = async (): Promise<unknown> => {
  const { rows } = await test.sql.query(
    `SELECT indexdef AS definition FROM pg_indexes WHERE schemaname = 'public'
     UNION ALL SELECT conname || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
     ORDER BY definition`,
  );
  return rows;
};
const indexesThere = async (): Promise<number> => {
  const { rows } = await test.sql.query('SELECT FROM pg_indexes WHERE indexname = ANY ($1)', [
    DROPPED,
  ]);
  return rows.length;
};
const count = async (table: string): Promise<number> => {
  const { rows } = await test.sql.query<{ count: number }>(`SELECT count(*)::int FROM ${table}`);
  return rows[0]?.count ?? NaN;
};
async function expectWhole(before: unknown, experiments: number): Promise<void> {
  expect(await schema()).toEqual(before);
  expect(await outOfStep(test.sql)).toEqual([]);
  expect([await count('experiments'), await count('experiment_evaluations')]).toEqual([
    experiments,
    experiments,
  ]);
}
const look = async () => {
  const { findings, checked } = await diagnose(
    { DATABASE_URL: test.url },
    { quick: false, show: () => undefined },
  );
  return { checked, findings: findings.filter(({ check }) => check !== 'server') };
};

/** Rows of experiments wait for their model, in all lanes, until the transaction ends. */
async function holdModel(): Promise<void> {
  await test.sql.query(PARENTS);
  await test.sql.query('BEGIN; SELECT FROM models FOR UPDATE');
}

describe('an import into a database without experiments', () => {
  it('makes numbers and indexes at its end, and leaves the schema as it was', async () => {
    const before = await schema();
    const steps: string[] = [];
    const { experiment } = await importLegacy({ steps });
    expect(experiment).toMatchObject({ imported: 6000, left_out: 0 });
    expect(steps[0]).toBe('numbers');
    expect(steps).toEqual(expect.arrayContaining(DROPPED));
    await expectWhole(before, 6000);
  });

  it('is made whole when it is interrupted; the next one finds experiments, and sets nothing aside', async () => {
    const before = await schema();
    await holdModel();
    const stop = new AbortController();
    const first = importLegacy({ signal: stop.signal });
    await untilBlocked(test.sql, LANES);
    stop.abort(new Error('enough'));
    await test.sql.query('COMMIT');
    await expect(first).rejects.toThrow('enough');
    await expectWhole(before, LANES * 1000);
    const steps: string[] = [];
    const { experiment } = await importLegacy({ steps });
    const { imported, present } = experiment;
    expect([imported + present, present, steps]).toEqual([6000, LANES * 1000, []]);
    await expectWhole(before, 6000);
  });

  it('keeps and indexes what a service writes meanwhile', async () => {
    const before = await schema();
    await holdModel();
    const running = importLegacy();
    await untilBlocked(test.sql, LANES);
    expect(await indexesThere()).toBe(0);
    await test.sql.query(`${OF_SERVICE}; COMMIT`);
    await running;
    await expectWhole(before, 6001);
  });

  it('may run beside another one of the same rows', async () => {
    const before = await schema();
    await holdModel();
    const both = [importLegacy(), importLegacy()];
    await untilBlocked(test.sql, 2 * LANES);
    await test.sql.query('COMMIT');
    const summaries = await Promise.all(both);
    const sum = (count: 'imported' | 'left_out'): number =>
      summaries.reduce((all, { experiment }) => all + experiment[count], 0);
    expect([sum('imported'), sum('left_out')]).toEqual([6000, 0]);
    await expectWhole(before, 6000);
  });

  it('writes numbers again row by row after another one has made everything whole', async () => {
    const before = await schema();
    await using nothing = await legacyPostgres();
    await holdModel();
    const first = importLegacy();
    await untilBlocked(test.sql, LANES);
    const second = importLegacy({ from: nothing });
    // It waits for the batches that are under way, and the ones after those for it.
    await untilBlocked(test.sql, LANES + 1);
    await test.sql.query('COMMIT');
    await Promise.all([first, second]);
    await expectWhole(before, 6000);
  });
});

describe('an import that was cut off', () => {
  it.each([
    ['before its end', 'numbers', 0, 10],
    ['when the numbers were there', 'fk_experiment_evaluations_experiment_id', 3, 7],
  ])('%s is told of, and made whole by the next one', async (_, cutOffAt, there, aside) => {
    const before = await schema();
    await expect(importLegacy({ cutOffAt })).rejects.toThrow('cut off');
    expect(await indexesThere()).toBe(there);
    const { checked, findings } = await look();
    expect(checked).not.toContain('numbers');
    expect(findings).toEqual([
      {
        ...{ check: 'schema', severity: 'problem' },
        message: expect.stringContaining(
          `was cut off: ${aside} indexes and constraints are set aside`,
        ),
        remedy: expect.stringContaining('modeldb import legacy'),
      },
    ]);
    await using nothing = await legacyPostgres();
    await importLegacy({ from: nothing });
    await expectWhole(before, 6000);
    expect((await look()).findings).toEqual([]);
  });
});

describe('an import that fails, and its end as well', () => {
  it('fails with its own reason, and tells of the other one', async () => {
    const reasons: unknown[] = [];
    const running = inBulk(test.url, () => Promise.reject(new Error('work')), {
      onProgress: () => {
        throw new Error('end');
      },
      onUnfinished: (reason) => reasons.push(reason),
    });
    await expect(running).rejects.toThrow('work');
    expect(reasons).toEqual([new Error('end')]);
    expect(await indexesThere()).toBe(0);
  });
});

describe('an import into a database that has experiments', () => {
  it('sets nothing aside', async () => {
    const before = await schema();
    await test.sql.query(`${PARENTS}; ${OF_SERVICE}`);
    const steps: string[] = [];
    await importLegacy({ steps });
    expect(steps).toEqual([]);
    await expectWhole(before, 6001);
  });
});
