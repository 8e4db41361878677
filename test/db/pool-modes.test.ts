import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  adHocStatement,
  connectionOptions,
  Database,
  migrate,
  statement,
  type DatabaseConfig,
} from '#database';
import { CodedError } from '#errors';
import { DataSource } from 'typeorm';
import { createDatabase, type TestDatabase } from '../support/database.js';

const SHOW = adHocStatement(
  't.show',
  `SELECT current_setting('DateStyle') AS dates, current_setting('TimeZone') AS zone, current_setting('jit') AS jit,
     current_setting('statement_timeout') AS timeout, current_setting('plan_cache_mode') AS plans`,
);
const NAMES = adHocStatement('t.names', 'SELECT name FROM pg_prepared_statements ORDER BY name');
const TIME = statement(
  't.time',
  `SELECT '2026-01-02 03:04:05+00'::timestamptz AS time, $1::text AS given`,
);
const ANSWERED = { time: '2026-01-02T03:04:05.000000Z' };

let test: TestDatabase;
let dataSource: DataSource | undefined;
beforeEach(async () => {
  test = await createDatabase();
});
afterEach(async () => {
  await dataSource?.destroy();
  dataSource = undefined;
  await test.drop();
});

/** One connection: what one statement leaves on it, the next one finds. */
async function open(config: Partial<DatabaseConfig>): Promise<Database> {
  const defaults = { poolSize: 1, poolWaitMs: 10_000, queueSize: 9, statementTimeoutMs: 30_000 };
  const options = { databaseUrl: test.url, ...defaults, ...config };
  dataSource = await new DataSource(connectionOptions(options, { plansOnce: true })).initialize();
  return new Database(dataSource);
}

/** Asks on the same connection as somebody else does with whom it is shared. */
async function plainly(text: string): Promise<unknown> {
  return dataSource?.query(text);
}

async function setForAll(settings: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(settings)) {
    const { pathname } = new URL(test.url);
    await test.sql.query(`ALTER DATABASE ${pathname.slice(1)} SET ${name} = '${value}'`);
  }
}

describe('DATABASE_POOL_MODE=transaction', () => {
  const poolMode = 'transaction';
  const foreign = { DateStyle: 'German, DMY', TimeZone: 'Asia/Kolkata', jit: 'on' };
  const left = [{ dates: 'German, DMY', zone: 'Asia/Kolkata', jit: 'on', timeout: '0' }];

  it('sets what a statement needs for that statement, and leaves nothing on the connection', async () => {
    await setForAll(foreign);
    const database = await open({ poolMode });
    const pinned = { dates: 'ISO, YMD', zone: 'UTC', jit: 'off', timeout: '30s' };
    expect(await database.query(SHOW, [])).toEqual([{ ...pinned, plans: 'force_generic_plan' }]);
    expect(await plainly(SHOW.text)).toMatchObject(left);
    for (const given of ['a', 'b']) {
      expect(await database.query(TIME, [given])).toEqual([{ ...ANSWERED, given }]);
    }
  });

  it('does so in transactions', async () => {
    await setForAll(foreign);
    await test.sql.query(
      'CREATE TABLE seen (dates text, zone text, jit text, timeout text, plans text)',
    );
    const database = await open({ poolMode });
    const keep = adHocStatement('t.keep', `INSERT INTO seen ${SHOW.text}`);
    await database.transaction([keep], []);
    const work = () => Promise.resolve();
    await database.holding(adHocStatement('t.lock', `${keep.text} RETURNING zone`), keep, [], work);
    const { rows } = await test.sql.query('SELECT DISTINCT dates, zone, jit, timeout FROM seen');
    expect(rows).toEqual([{ dates: 'ISO, YMD', zone: 'UTC', jit: 'off', timeout: '30s' }]);
    expect(await plainly(SHOW.text)).toMatchObject(left);
  });

  it('has its limit of time, and a connection that is as good as before after what went wrong', async () => {
    const database = await open({ poolMode, statementTimeoutMs: 200 });
    const [before] = (await plainly('SELECT pg_backend_pid() AS pid')) as object[];
    const slow = database.query(statement('t.slow', 'SELECT pg_sleep(60)'), []);
    await expect(slow).rejects.toMatchObject({ code: 'DATABASE_TIMEOUT' });
    const clash = new CodedError({ kind: 'conflict', code: 'CLASH', detail: 'It is there.' });
    const insert = statement(
      't.insert',
      `INSERT INTO projects (project_id, project_name) VALUES ($1, 'p')`,
      { pk_projects: () => clash },
    );
    await database.query(insert, ['p']);
    await expect(database.query(insert, ['p'])).rejects.toBe(clash);
    await expect(database.query(insert, ['p'])).rejects.toBe(clash);
    expect(await plainly('SELECT pg_backend_pid() AS pid')).toEqual([before]);
  });

  it('cuts off what is too large', async () => {
    const database = await open({ poolMode });
    const many = statement('t.many', 'SELECT repeat($1, 10) AS row FROM generate_series(1, 9)');
    expect((await database.page(many, ['x'], { maxBytes: 25 })).rows).toHaveLength(2);
    expect((await database.page(many, ['x'])).rows).toHaveLength(9);
  });

  it('is refused where transactions do not see what they have waited for', async () => {
    await migrate(test.url, { poolMode });
    await setForAll({ default_transaction_isolation: 'repeatable read' });
    await migrate(test.url);
    await expect(migrate(test.url, { poolMode })).rejects.toThrow(
      'Transactions of the database are repeatable read: with DATABASE_POOL_MODE=transaction they have to be read committed',
    );
  });
});

describe.each(['session', 'transaction'] as const)(
  'prepared statements, pooled by %s',
  (poolMode) => {
    it.each([
      [true, [{ name: 't.time' }]],
      [false, []],
    ])('have names: %j', async (preparesStatements, names) => {
      const database = await open({ poolMode, preparesStatements });
      for (const given of ['a', 'b']) {
        expect(await database.query(TIME, [given])).toEqual([{ ...ANSWERED, given }]);
      }
      expect(await database.query(NAMES, [])).toEqual(names);
    });
  },
);
