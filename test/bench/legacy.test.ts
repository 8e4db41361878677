import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compareWithOld } from '../../bench/legacy/compare.js';
import { makeOldPostgres } from '../../bench/legacy/make-old.js';
import { plantedIn } from '../../bench/legacy/old-rows.js';
import type { Imported } from '../../bench/legacy/run-import.js';
import { judgeFirst, judgeSecond } from '../../bench/legacy/verdict.js';
import { modeldb } from '../support/command-line.js';
import { createDatabase, type TestDatabase } from '../support/database.js';

const EXPERIMENTS = 300;

describe('the old service, as the benchmark makes it', () => {
  let old: TestDatabase;
  let moved: TestDatabase;
  let said: { defect?: { id: string; problem: string } }[];

  beforeAll(async () => {
    [old, moved] = [await createDatabase('template0'), await createDatabase()];
    await makeOldPostgres(old.url, EXPERIMENTS);
    const { stdout } = await modeldb(['import', 'legacy', old.url, '--json'], {
      DATABASE_URL: moved.url,
    });
    said = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as (typeof said)[number]);
  }, 60_000);
  afterAll(async () => {
    await old.drop();
    await moved.drop();
  });

  it('has the defects that it says it has', () => {
    const planted = plantedIn(EXPERIMENTS);
    expect(planted).toHaveLength(14);
    const told = said.flatMap(({ defect }) => (defect ? [`${defect.id} ${defect.problem}`] : []));
    expect(told.sort()).toEqual(
      planted.map(({ id, problem }) => `${String(id)} ${problem}`).sort(),
    );
  });

  it('is compared row by row: one value that differs is noticed', async () => {
    const { sound, different } = await compareWithOld(moved.url, EXPERIMENTS);
    expect([sound > EXPERIMENTS, different]).toEqual([true, []]);
    await moved.sql.query(
      `UPDATE experiments SET parameters = parameters || '{"seed": -1}'
       WHERE experiment_id = (SELECT min(experiment_id) FROM experiments)`,
    );
    // The row as it was, and the row as it is.
    expect((await compareWithOld(moved.url, EXPERIMENTS)).different).toEqual([
      '2 rows of experiments',
    ]);
  });
});

describe('the verdict', () => {
  const counts = { read: 10_000, imported: 9999, present: 0, left_out: 1 };
  const planted = { kind: 'experiment', id: 'e', problem: 'orphan' } as const;
  const good: Imported = {
    seconds: 2,
    exit: 1,
    defects: [planted],
    summary: { project: counts, model: counts, experiment: counts },
  };

  it('is good when every defect was told of, quickly enough', () => {
    expect(judgeFirst(good, [planted])).toEqual([]);
  });

  it('names what was not told of, what is sound, a wrong exit code, and slowness', () => {
    const other = { ...planted, id: 'f' };
    expect(judgeFirst({ ...good, seconds: 2.5, exit: 0, defects: [other] }, [planted])).toEqual([
      'not told of: experiment e: orphan',
      'told of, but sound: experiment f: orphan',
      'the exit code is 0, not 1',
      '4000 experiments a second, the budget is 5000',
    ]);
  });

  it('wants a second run to change nothing', () => {
    const again = { ...counts, imported: 0, present: counts.imported };
    const summary = { project: again, model: again, experiment: again };
    expect(judgeSecond(good, { ...good, summary })).toEqual([]);
    expect(judgeSecond(good, { ...good, summary: { ...summary, model: counts } })).toHaveLength(1);
  });
});
