import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ADMIN_KEY, ClosedService } from '../support/closed-service.js';
import { fillIn, makeRouteRecords } from '../support/route-records.js';
import { ROUTE_ROWS, type RouteRow } from '../support/route-rows.js';

/** What a later release may do to each table while this one runs: CONTRIBUTING.md, "Adding a migration". */
const EXPAND = `DO $$
  DECLARE
    one record;
  BEGIN
    FOR one IN SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' LOOP
      EXECUTE format('ALTER TABLE %I ADD COLUMN later text, ADD COLUMN later_number integer NOT NULL DEFAULT 0', one.name);
      EXECUTE format('CREATE INDEX %I ON %I (later)', 'ix_later_' || one.name, one.name);
    END LOOP;
    CREATE TABLE later_things (thing text PRIMARY KEY);
    INSERT INTO migrations (timestamp, name) VALUES (9999999999999, 'Later9999999999999');
  END $$`;

let service: ClosedService;
let records: Record<string, string>;
beforeAll(async () => {
  // One connection each, so that what was prepared before is what answers afterwards.
  service = await ClosedService.start({ poolSize: 1, searchPoolSize: 1 });
  records = await makeRouteRecords(service, 'own');
  records['key_id'] = (await service.makeKey('viewer')).key_id;
});
afterAll(() => service.stop());

async function send([, method, path, body]: RouteRow): Promise<number> {
  const json = body && JSON.parse(fillIn(JSON.stringify(body), records));
  const { status, text } = await service.send(ADMIN_KEY, method, fillIn(path, records), json);
  expect(text).not.toContain('"later');
  return status;
}

/** Sends one request of each kind. @returns those that failed */
async function sendAll(): Promise<unknown[]> {
  records['ended_key_id'] = (await service.makeKey('viewer')).key_id;
  const failed = [];
  for (const row of ROUTE_ROWS) {
    const status = await send(row);
    if (status !== 200) failed.push([status, ...row]);
  }
  return failed;
}

it('a release goes on answering every request while a later one expands the schema', async () => {
  expect(await sendAll()).toEqual([]);
  await service.service.database.sql.query(EXPAND);
  expect(await sendAll()).toEqual([]);
});
