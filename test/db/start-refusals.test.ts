import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migrate } from '#database';
import { StartupError } from '#errors';
import { createDatabase, type TestDatabase } from '../support/database.js';

/** Why the service does not start on a database: a line, and nothing else. */
async function refusal(databaseUrl: string): Promise<string> {
  const error: unknown = await migrate(databaseUrl).catch((reason: unknown) => reason);
  if (!(error instanceof StartupError)) throw new Error(`not refused: ${String(error)}`);
  expect(error.message).not.toContain('\n');
  expect(error.message).not.toContain(new URL(databaseUrl).password);
  return error.message;
}

describe('a database is refused in one line', () => {
  it.each(['SQL_ASCII', 'LATIN1'])('when it keeps text as %s', async (encoding) => {
    const database = await createDatabase('template0', `ENCODING '${encoding}' LOCALE 'C'`);
    expect(await refusal(database.url)).toBe(
      `The database keeps text as ${encoding}: Model DB needs one made with ENCODING 'UTF8' (and TEMPLATE template0).`,
    );
    await database.drop();
  });

  describe('when its user may not change the schema', () => {
    const role = `stranger_${randomBytes(6).toString('hex')}`;
    let database: TestDatabase;
    let url: string;
    beforeAll(async () => {
      database = await createDatabase('template0');
      await database.sql.query(`CREATE ROLE ${role} LOGIN PASSWORD 'hunter2'`);
      await database.sql.query('REVOKE CREATE ON SCHEMA public FROM PUBLIC');
      url = Object.assign(new URL(database.url), { username: role, password: 'hunter2' }).href;
    });
    afterAll(async () => {
      await database.sql.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
      await database.drop();
    });

    it('saying what to grant', async () => {
      expect(await refusal(url)).toMatch(
        /^The user of DATABASE_URL may not .*: permission denied for schema public\. .*GRANT CREATE ON SCHEMA public/,
      );
    });

    it('and taken once that is granted', async () => {
      await database.sql.query(`GRANT CREATE ON SCHEMA public TO ${role}`);
      expect((await migrate(url)).length).toBeGreaterThan(1);
    });
  });

  it('when a migration fails, with the reason', async () => {
    const database = await createDatabase('template0');
    await database.sql.query('CREATE TABLE projects (mine text)');
    expect(await refusal(database.url)).toMatch(
      /^Cannot bring the schema of postgresql:.* up to date: relation "projects" already exists\.$/,
    );
    await database.drop();
  });
});
