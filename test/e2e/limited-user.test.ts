import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { migrate } from '#database';
import pg from 'pg';
import { ADMIN_KEY, ClosedService } from '../support/closed-service.js';
import { fillIn, makeRouteRecords } from '../support/route-records.js';
import { ROUTE_ROWS } from '../support/route-rows.js';

const role = `service_${randomBytes(6).toString('hex')}`;
const [, grants = ''] = /```sql\n([^]*?)```/.exec(readFileSync('docs/upgrades.md', 'utf8')) ?? [];

let service: ClosedService;
let limitedUrl: string;
beforeAll(async () => {
  service = await ClosedService.start({
    databaseUrl: async (direct) => {
      const owner = new pg.Client({ connectionString: direct });
      await owner.connect();
      await owner.query(
        `CREATE ROLE ${role} LOGIN PASSWORD 'x'; REVOKE CREATE ON SCHEMA public FROM PUBLIC`,
      );
      await owner.query(grants.replaceAll('TO service;', `TO ${role};`));
      await owner.end();
      limitedUrl = Object.assign(new URL(direct), { username: role, password: 'x' }).href;
      return limitedUrl;
    },
  });
});
afterAll(async () => {
  await service.service.app.close();
  const { sql } = service.service.database;
  await sql.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
  await service.service.database.drop();
});

it('a user with the rights that docs/upgrades.md names is enough for every request', async () => {
  const records = await makeRouteRecords(service, 'own');
  records['key_id'] = (await service.makeKey('viewer')).key_id;
  records['ended_key_id'] = (await service.makeKey('viewer')).key_id;
  const failed = [];
  for (const row of ROUTE_ROWS) {
    const [, method, path, body] = row;
    const json = body && JSON.parse(fillIn(JSON.stringify(body), records));
    const { status, text } = await service.send(ADMIN_KEY, method, fillIn(path, records), json);
    if (status !== 200) failed.push([...row, text]);
  }
  expect(failed).toEqual([]);
});

it('starts while nothing is pending, and says otherwise who has to do what', async () => {
  expect(await migrate(limitedUrl)).toEqual([]);
  const { sql } = service.service.database;
  await sql.query(`DELETE FROM migrations WHERE name = (SELECT max(name) FROM migrations)`);
  await expect(migrate(limitedUrl)).rejects.toThrow('modeldb migrate up');
});

it('can neither change the audit nor what protects it', async () => {
  const limited = new pg.Client({ connectionString: limitedUrl });
  await limited.connect();
  try {
    for (const statement of [
      'DELETE FROM audit_events',
      'ALTER TABLE audit_events DISABLE TRIGGER ALL',
      'SET session_replication_role = replica',
      'DROP TABLE audit_events',
    ]) {
      await expect(limited.query(statement)).rejects.toThrow(
        /refuse|must be owner|permission denied|cannot/,
      );
    }
  } finally {
    await limited.end();
  }
});
