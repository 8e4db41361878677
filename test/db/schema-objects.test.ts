import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { SCHEMA_OBJECTS } from '#database';
import { createDatabase, type TestDatabase } from '../support/database.js';

const FILE = 'libs/database/src/schema-definitions.ts';

/** Names that TypeORM has made are not ours. */
const READ = `
  SELECT c.relname AS name, replace(pg_get_indexdef(c.oid), ' ON public.', ' ON ') AS definition
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
  WHERE c.relnamespace = 'public'::regnamespace AND c.relname ~ '^[a-z]{2}_'
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = c.oid AND contype IN ('p', 'u'))
  UNION ALL
  SELECT conname, format('ALTER TABLE %s ADD CONSTRAINT %s %s', t.relname, conname, pg_get_constraintdef(k.oid))
  FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid
  WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'u', 'f', 'c') AND conname ~ '^[a-z]{2}_'
  UNION ALL
  SELECT tgname, replace(pg_get_triggerdef(g.oid), ' ON public.', ' ON ')
  FROM pg_trigger g JOIN pg_class t ON t.oid = g.tgrelid
  WHERE t.relnamespace = 'public'::regnamespace AND NOT tgisinternal
  ORDER BY name`;

let test: TestDatabase;
beforeAll(async () => {
  test = await createDatabase();
});
afterAll(() => test.drop());

it('are what the migrations make: UPDATE_SCHEMA=1 with this test writes them anew', async () => {
  const { rows } = await test.sql.query<{ name: string; definition: string }>(READ);
  const definitions = rows.map(({ definition }) => definition);
  if (process.env['UPDATE_SCHEMA'] === '1') {
    await writeFile(
      FILE,
      `// Written by test/db/schema-objects.test.ts; Prettier sets the quotes.

/** The statements that make all indexes, constraints and triggers that have to be there. */
export const DEFINITIONS: readonly string[] = ${JSON.stringify(definitions, undefined, 2)};
`,
    );
    return;
  }
  expect(SCHEMA_OBJECTS.map(({ definition }) => definition)).toEqual(definitions);
  expect(SCHEMA_OBJECTS.map(({ name }) => name)).toEqual(rows.map(({ name }) => name));
});
