import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  connectionOptions,
  Database,
  migrate,
  readPages,
  startOf,
  statement,
  type DatabaseConfig,
} from '#database';
import { CodedError, StartupError } from '#errors';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { untilBlocked } from '../support/barrier.js';
import { createDatabase, type TestDatabase } from '../support/database.js';

let test: TestDatabase;
let dataSource: DataSource;
let database: Database;

async function open(config: Partial<DatabaseConfig> = {}): Promise<DataSource> {
  const defaults = {
    databaseUrl: test.url,
    poolSize: 2,
    poolWaitMs: 200,
    queueSize: 10,
    statementTimeoutMs: 300,
  };
  return new DataSource(connectionOptions({ ...defaults, ...config })).initialize();
}

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  return client;
}

beforeAll(async () => {
  test = await createDatabase();
  dataSource = await open();
  database = new Database(dataSource);
});
afterAll(async () => {
  await dataSource.destroy();
  await test.drop();
});

const failing = (sqlState: string, attempts: number) =>
  `DO $$ BEGIN
     PERFORM nextval('attempts');
     IF currval('attempts') <= ${String(attempts)} THEN RAISE EXCEPTION 'again' USING ERRCODE = '${sqlState}'; END IF;
   END $$`;

describe('Database', () => {
  it('returns text, ISO timestamps and booleans', async () => {
    const columns = `SELECT 1.50::numeric AS number, '{"b": 1e2}'::jsonb AS document, true AS yes, NULL AS nothing,
      '2026-01-02 03:04:05.678901+02'::timestamptz AT TIME ZONE 'UTC' AS plain,
      '2026-01-02 03:04:05+00'::timestamptz AS time, '2026-01-02 03:04:05.6+02'::timestamptz AS tenths,
      'infinity'::timestamptz AS never`;
    const row = await database.find(statement('types', columns), []);
    expect(row).toEqual({
      number: '1.50',
      document: '{"b": 100}',
      yes: true,
      nothing: null,
      plain: '2026-01-02 01:04:05.678901',
      time: '2026-01-02T03:04:05.000000Z',
      tenths: '2026-01-02T01:04:05.600000Z',
      never: 'infinity',
    });
  });

  it('writes times with six digits, whatever of them PostgreSQL leaves out', async () => {
    const clocks = ['0', '5', '05', '005', '0005', '00005', '000005'].map((digits) => `.${digits}`);
    const times = ['', ...clocks].map((clock) => `2026-01-02 03:04:05${clock}+00`);
    const read = statement(
      'times',
      `SELECT unnest($1::timestamptz[] || '{-infinity,0044-03-15 BC,10000-01-01}') AS time`,
    );
    const rows = await database.query<{ time: string }>(read, [times]);
    const written = clocks.map((clock) => `2026-01-02T03:04:05${clock.padEnd(7, '0')}Z`);
    expect(rows.map(({ time }) => time)).toEqual([
      '2026-01-02T03:04:05.000000Z',
      ...written,
      '-infinity',
      '0044-03-15 00:00:00+00 BC',
      '10000-01-01 00:00:00+00',
    ]);
  });

  it('reads no further than the row with which there is enough, and goes on with another connection', async () => {
    const read = statement(
      'rows.of_10_kb',
      `SELECT i::text, repeat('x', 10000) AS text, pg_backend_pid()::text AS pid FROM generate_series(1, $1::integer) i`,
    );
    type Row = Record<'i' | 'text' | 'pid', string>;
    const whole = await database.page<Row>(read, ['20'], { maxBytes: 1_000_000 });
    expect(whole.rows).toHaveLength(20);
    expect(whole.bytes).toBeGreaterThan(200_000);

    const cut = await database.page<Row>(read, ['1000'], { maxBytes: 100_000 });
    expect(cut.rows.map(({ i }) => i)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10']);
    expect(cut.bytes).toBeGreaterThanOrEqual(100_000);

    const again = await Promise.all([1, 2, 3].map(() => database.query<Row>(read, ['1'])));
    expect(again.map(([row]) => row?.pid)).not.toContain(cut.rows[0]?.pid);
  });

  it('prepares each statement once per connection', async () => {
    const counted = statement('counted', 'SELECT $1::text AS value');
    for (let i = 0; i < 5; i += 1) await database.query(counted, ['x']);
    const prepared = statement(
      'look',
      `SELECT name FROM pg_prepared_statements WHERE name = 'counted'`,
    );
    expect((await database.query(prepared, [])).length).toBeLessThanOrEqual(1);
  });

  it.each(['40P01', '40001'])('does work again that ended in %s', async (sqlState) => {
    await test.sql.query('DROP SEQUENCE IF EXISTS attempts; CREATE SEQUENCE attempts');
    await database.query(statement(`again_${sqlState}`, failing(sqlState, 3)), []);
    const { rows } = await test.sql.query(`SELECT last_value::int AS count FROM attempts`);
    expect(rows).toEqual([{ count: 4 }]);
  });

  it('gives up doing it again after a while', async () => {
    await test.sql.query('DROP SEQUENCE IF EXISTS attempts; CREATE SEQUENCE attempts');
    const work = database.query(statement('never', failing('40001', 1000)), []);
    await expect(work).rejects.toMatchObject({ code: 'TOO_MUCH_CONTENTION', retryAfter: 1 });
  });

  it('does work again that PostgreSQL undid to break a real deadlock', async () => {
    const { sql, url } = test;
    await sql.query(
      `INSERT INTO projects (project_id, project_name) VALUES ('a', 'a'), ('b', 'b')`,
    );
    // Only ours ever looks for a deadlock, so it is certain which of the two is undone.
    await sql.query(
      `ALTER DATABASE ${new URL(url).pathname.slice(1)} SET deadlock_timeout = '1ms'`,
    );
    const theirs = await connect(url);
    await theirs.query(`SET deadlock_timeout = '1h'`);
    const patient = await open({ statementTimeoutMs: 15_000 });
    const gated = statement(
      'gated',
      `WITH first AS (UPDATE projects SET description = 'ours' WHERE project_id = 'a' RETURNING 1),
         gate AS (SELECT pg_advisory_xact_lock(42) FROM first)
       UPDATE projects SET description = 'ours'
       WHERE project_id = 'b' AND (SELECT count(*) FROM gate) = 1
       RETURNING project_id`,
    );
    await sql.query('SELECT pg_advisory_lock(42)');
    const ours = new Database(patient).query(gated, []);
    await untilBlocked(sql, 1);
    await theirs.query(`BEGIN; UPDATE projects SET description = 'theirs' WHERE project_id = 'b'`);
    const stuck = theirs.query(`UPDATE projects SET description = 'theirs' WHERE project_id = 'a'`);
    await untilBlocked(sql, 2);
    await sql.query('SELECT pg_advisory_unlock(42)');
    await stuck;
    await theirs.query('COMMIT');
    expect(await ours).toEqual([{ project_id: 'b' }]);
    const { rows } = await sql.query(`SELECT DISTINCT description FROM projects`);
    expect(rows).toEqual([{ description: 'ours' }]);
    await Promise.all([theirs.end(), patient.destroy()]);
  });

  it.each([
    ['SELECT pg_sleep(10)', 'unavailable', 'DATABASE_TIMEOUT'],
    [`SELECT 'x'::jsonb`, 'invalid', 'VALUE_NOT_STORABLE'],
  ])('%s is an error a client may see', async (text, kind, code) => {
    await expect(database.query(statement(code, text), [])).rejects.toMatchObject({ kind, code });
  });

  it('tells nothing of a failure of its own but the statement and the SQLSTATE', async () => {
    const wrong = database.query(statement('wrong', 'SELECT nothing FROM nowhere'), []);
    await expect(wrong).rejects.toThrow(/^wrong: SQLSTATE 42P01/);
  });

  it('knows constraints by prefix, as a distributed PostgreSQL names them', async () => {
    await test.sql.query('CREATE TABLE shard (id int, CONSTRAINT uq_shard_id_102078 UNIQUE (id))');
    const conflict = new CodedError({ kind: 'conflict', code: 'TAKEN', detail: 'Taken.' });
    const insert = statement('shard', 'INSERT INTO shard VALUES (1)', {
      uq_shard_id: () => conflict,
    });
    await database.query(insert, []);
    await expect(database.query(insert, [])).rejects.toBe(conflict);
  });

  it('says so when no connection is free, and works on when one is', async () => {
    const slow = Array.from({ length: 2 }, () =>
      database.query(statement('slow', 'SELECT pg_sleep(0.28)'), []),
    );
    const waiting = database.query(statement('quick', 'SELECT 1'), []);
    await expect(waiting).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE', retryAfter: 1 });
    await Promise.all(slow);
    await expect(database.query(statement('quick', 'SELECT 1'), [])).resolves.toHaveLength(1);
  });

  it('survives the loss of its connections', async () => {
    await test.sql.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    const attempts = [1, 2, 3].map(() =>
      database
        .query(statement('quick', 'SELECT 1'), [])
        .catch((error: unknown) => (error as CodedError).code),
    );
    for (const outcome of await Promise.all(attempts)) {
      expect(['DATABASE_UNAVAILABLE', [{ '?column?': '1' }]]).toContainEqual(outcome);
    }
    await expect(database.query(statement('quick', 'SELECT 1'), [])).resolves.toHaveLength(1);
  });
});

describe('readPages', () => {
  const pagesOf = (read: (page: number) => Promise<{ id: string }[]>) => {
    let asked = 0;
    const pages = readPages<{ id: string }>({
      after: startOf(false),
      read: () => {
        asked += 1;
        return read(asked);
      },
      keyOf: ({ id }) => ['now', id],
      isFull: () => true,
    });
    return { pages, asked: () => asked };
  };

  it('is one page ahead of the reader, and stops asking when the reader stops reading', async () => {
    const { pages, asked } = pagesOf((page) => Promise.resolve([{ id: String(page) }]));
    for await (const [row] of pages) {
      expect(asked()).toBe(Number(row?.id) + 1);
      if (row?.id === '3') break;
    }
    expect(asked()).toBe(4);
  });

  it('gives the reader what was read before it fails', async () => {
    const { pages } = pagesOf((page) =>
      page < 3 ? Promise.resolve([{ id: String(page) }]) : Promise.reject(new Error('away')),
    );
    const read: (string | undefined)[] = [];
    const reading = (async () => {
      for await (const [row] of pages) read.push(row?.id);
    })();
    await expect(reading).rejects.toThrow('away');
    expect(read).toEqual(['1', '2']);
  });
});

describe('migrate', () => {
  it.each([
    ['postgresql://u:secret@127.0.0.1:1/x', /127\.0\.0\.1:1\/x: nothing listens there/],
    ['postgresql://u:secret@no.such.host.invalid/x', /no\.such\.host\.invalid\/x: /],
    [
      'postgresql://u:secret@127.0.0.1:1/x?sslrootcert=/no/such.pem',
      /: the file \/no\/such\.pem cannot be read \(ENOENT\)\./,
    ],
    ['postgresql://u:secret@h/x?host=/no/such/folder', /: nothing listens there\./],
  ])('says what is wrong with %s, without the password', async (url, message) => {
    const error = (await migrate(url).catch((caught: unknown) => caught)) as Error;
    expect(error).toBeInstanceOf(StartupError);
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain('secret');
  });

  it('says that a password is wrong, or that there is no such database', async () => {
    const wrong = new URL(test.url);
    wrong.pathname = '/nowhere';
    await expect(migrate(wrong.href)).rejects.toThrow('there is no such database');
  });
});

describe('a transaction', () => {
  const name = (id: string, value: string) =>
    statement(`name_${value}`, `UPDATE ledger SET name = $1 || '${value}' WHERE id = '${id}'`);
  const ledger = async () => (await test.sql.query('SELECT id, name FROM ledger ORDER BY id')).rows;
  beforeEach(() =>
    test.sql.query(
      `DROP TABLE IF EXISTS ledger; CREATE TABLE ledger (id text, name text);
       INSERT INTO ledger VALUES ('a', ''), ('b', '')`,
    ),
  );

  it('runs all of its statements with the same values', async () => {
    await database.transaction([name('a', '1'), name('b', '2')], ['x']);
    expect(await ledger()).toEqual([
      { id: 'a', name: 'x1' },
      { id: 'b', name: 'x2' },
    ]);
  });

  it('leaves nothing of itself when one fails, and names that one', async () => {
    const wrong = statement('wrong', `SELECT $1::text, 1 / 0`);
    const work = database.transaction([name('a', '1'), wrong], ['x']);
    await expect(work).rejects.toMatchObject({
      code: 'VALUE_NOT_STORABLE',
      cause: { message: expect.stringMatching(/^wrong: SQLSTATE 22012/) },
    });
    expect(await ledger()).toEqual([
      { id: 'a', name: '' },
      { id: 'b', name: '' },
    ]);
  });

  it('is done again as a whole when PostgreSQL asks for that', async () => {
    await test.sql.query('DROP SEQUENCE IF EXISTS attempts; CREATE SEQUENCE attempts');
    const add = statement('add', `UPDATE ledger SET name = name || 'x' WHERE id = 'a'`);
    await database.transaction([add, statement('gives_way', failing('40001', 3))], []);
    expect(await ledger()).toContainEqual({ id: 'a', name: 'x' });
  });

  it('sees in each statement what others committed before it, whatever the database has as its default', async () => {
    const databaseName = new URL(test.url).pathname.slice(1);
    await test.sql.query(
      `ALTER DATABASE ${databaseName} SET default_transaction_isolation = 'serializable'`,
    );
    const strict = await open({ statementTimeoutMs: 15_000 });
    await test.sql.query(`BEGIN; UPDATE ledger SET name = 'theirs' WHERE id = 'a'`);
    const lock = statement('lock', `SELECT FROM ledger WHERE id = 'a' FOR UPDATE`);
    const copy = statement(
      'copy',
      `UPDATE ledger SET name = (SELECT name FROM ledger WHERE id = 'a') WHERE id = 'b'`,
    );
    const work = new Database(strict).transaction([lock, copy], []);
    await untilBlocked(test.sql, 1);
    await test.sql.query('COMMIT');
    await work;
    await test.sql.query(`ALTER DATABASE ${databaseName} RESET default_transaction_isolation`);
    await strict.destroy();
    expect(await ledger()).toContainEqual({ id: 'b', name: 'theirs' });
  });

  it('fails with its connection, and leaves the pool usable', async () => {
    const lost = statement('lost', 'SELECT pg_terminate_backend(pg_backend_pid())');
    await expect(
      database.transaction([lost, statement('next', 'SELECT 1')], []),
    ).rejects.toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
    });
    await database.transaction([name('a', '1')], ['x']);
    expect(await ledger()).toContainEqual({ id: 'a', name: 'x1' });
  });
});

describe('a transaction that says nothing any more', () => {
  const silent = async (source: DataSource): Promise<pg.PoolClient> => {
    const client = await (source.driver as unknown as { master: pg.Pool }).master.connect();
    client.on('error', () => undefined);
    await client.query('BEGIN; SELECT pg_advisory_xact_lock(77)');
    return client;
  };

  it('is ended by PostgreSQL, and gives its locks back', async () => {
    const client = await silent(dataSource);
    const lost = new Promise((resolve) => client.once('end', resolve));
    await test.sql.query('SELECT pg_advisory_lock(77), pg_advisory_unlock(77)');
    await lost;
    client.release(true);
  });

  it('may be silent where statements may take as long as they like, as for commands', async () => {
    const patient = await open({ statementTimeoutMs: 0 });
    const client = await silent(patient);
    for (const limit of ['statement_timeout', 'idle_in_transaction_session_timeout']) {
      expect((await client.query(`SHOW ${limit}`)).rows).toEqual([{ [limit]: '0' }]);
    }
    await client.query('ROLLBACK');
    client.release();
    await patient.destroy();
  });
});
