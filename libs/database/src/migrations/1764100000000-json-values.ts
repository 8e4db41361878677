import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How a JSON value is read where it is compared. Each is a single expression, so that PostgreSQL writes it into the
 * statement that uses it; none fails, whatever the value is.
 */
const STEPS = [
  `CREATE FUNCTION json_number(value jsonb) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
     SELECT CASE
       WHEN jsonb_typeof(value) = 'number' THEN value::numeric
       WHEN value IN ('"NaN"', '"Infinity"', '"-Infinity"') THEN (value #>> '{}')::numeric
     END
   $$`,
  `CREATE FUNCTION json_string(value jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
     SELECT CASE WHEN jsonb_typeof(value) = 'string' THEN value #>> '{}' END
   $$`,
  `CREATE FUNCTION json_boolean(value jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
     SELECT CASE WHEN jsonb_typeof(value) = 'boolean' THEN value::boolean END
   $$`,
];

export class JsonValues1764100000000 implements MigrationInterface {
  name = 'JsonValues1764100000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const step of STEPS) await runner.query(step);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION json_number(jsonb), json_string(jsonb), json_boolean(jsonb)');
  }
}
