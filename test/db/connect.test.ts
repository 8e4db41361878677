import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { connect, statement } from '#database';
import { StartupError } from '#errors';
import { createDatabase } from '../support/database.js';

const settings = { poolSize: 1, poolWaitMs: 5000, queueSize: 10, statementTimeoutMs: 5000 };

describe('connect', () => {
  it('gives a database that has the newest schema, and compiles no statement', async () => {
    const test = await createDatabase();
    const connection = await connect({ databaseUrl: test.url, ...settings });
    const row = await connection.database.find(statement('jit', 'SHOW jit'), []);
    await connection[Symbol.asyncDispose]();
    await test.drop();
    expect(row).toEqual({ jit: 'off' });
  });

  it.each([
    ['template0', '', /^The database has none of the tables of Model DB: /],
    [
      undefined,
      'DELETE FROM migrations WHERE id = (SELECT max(id) FROM migrations)',
      /^The database has the schema of an older release: /,
    ],
  ])('refuses another schema (%s %s), and leaves it as it is', async (template, sql, message) => {
    const test = await createDatabase(template);
    await test.sql.query(sql);
    const tables = `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1`;
    const before = (await test.sql.query(tables)).rows;
    const failure = connect({ databaseUrl: test.url, ...settings });
    await expect(failure).rejects.toThrow(StartupError);
    await expect(failure).rejects.toThrow(message);
    expect((await test.sql.query(tables)).rows).toEqual(before);
    await test.drop();
  });

  it('says in a line why a database cannot be reached', async () => {
    await expect(
      connect({ databaseUrl: 'postgresql://u:secret@127.0.0.1:1/x', ...settings }),
    ).rejects.toThrow(/^Cannot use the PostgreSQL at postgresql:\/\/127\.0\.0\.1:1\/x: /);
  });
});
