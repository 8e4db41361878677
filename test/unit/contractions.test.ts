import { describe, expect, it } from '@jest/globals';
import type { QueryRunner } from 'typeorm';
import { migrations } from '../../libs/database/src/migrations/index.js';
import { contractionsOf } from '../support/contractions.js';

/** What is no harm after all, by the migration and the beginning of what is found. */
const HARMLESS: Record<string, [reason: string, found: RegExp]> = {
  ProjectMembers1764850000000: [
    'the constraints are on columns that the release before leaves empty, or were wider before',
    /^something is demanded of rows: ALTER TABLE api_keys ALTER COLUMN role DROP NOT NULL/,
  ],
};

async function statementsOf(Migration: (typeof migrations)[number]): Promise<string[]> {
  const statements: string[] = [];
  const query = (text: string): Promise<unknown[]> => {
    statements.push(text);
    return Promise.resolve([]);
  };
  await new Migration().up({ query } as unknown as QueryRunner);
  return statements;
}

describe('a migration leaves the release before what it works with', () => {
  it.each(migrations.map((Migration) => [Migration.name, Migration] as const))(
    '%s',
    async (name, Migration) => {
      const statements = await statementsOf(Migration);
      expect(statements.length).toBeGreaterThan(0);
      const harmless = HARMLESS[name]?.[1];
      const found = contractionsOf(statements);
      expect(found.filter((one) => harmless?.test(one) !== true)).toEqual([]);
      // An exception that is not needed any more would hide the next thing.
      if (harmless) expect(found.filter((one) => harmless.test(one))).toHaveLength(1);
    },
  );

  it.each([
    'DROP TABLE models',
    'ALTER TABLE models DROP COLUMN description',
    'ALTER TABLE models RENAME COLUMN description TO about',
    'ALTER TABLE models RENAME TO things',
    'ALTER TABLE models ALTER COLUMN description TYPE varchar(10)',
    'ALTER TABLE models ALTER description SET NOT NULL',
    'ALTER TABLE models ADD COLUMN stage text NOT NULL',
    'ALTER TABLE models ADD COLUMN stage text,\n ADD COLUMN owner text NOT NULL, ADD COLUMN more text',
    'ALTER TABLE models ADD CONSTRAINT ck_models_name CHECK (length(model_name) < 100)',
    'CREATE UNIQUE INDEX uq_models_description ON models (description)',
    'DROP FUNCTION append_points(text)',
    'DELETE FROM models',
  ])('or is refused: %s', (statement) => {
    expect(contractionsOf([statement])).toHaveLength(1);
  });

  it.each([
    'ALTER TABLE models ADD COLUMN stage text',
    `ALTER TABLE models ADD COLUMN stage text NOT NULL DEFAULT 'none'`,
    `ALTER TABLE models ADD COLUMN stage text DEFAULT 'none' NOT NULL`,
    'CREATE TABLE things (thing text NOT NULL, type text); ALTER TABLE things ADD CONSTRAINT pk_things PRIMARY KEY (thing)',
    'CREATE INDEX ix_models_description ON models (description)',
    'CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$ DELETE FROM models $$',
  ])('and may do this: %s', (statement) => {
    expect(contractionsOf([statement])).toEqual([]);
  });
});
