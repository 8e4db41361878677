import type { MigrationInterface, QueryRunner } from 'typeorm';

const STEPS = [
  `CREATE TABLE idempotency_keys (
     key text COLLATE "C" NOT NULL,
     fingerprint text COLLATE "C" NOT NULL,
     answer jsonb NOT NULL,
     created_datetime timestamptz NOT NULL DEFAULT now(),
     CONSTRAINT pk_idempotency_keys PRIMARY KEY (key)
   )`,
  `CREATE INDEX ix_idempotency_keys_created ON idempotency_keys (created_datetime)`,

  // As the one of 1764200000000, and only when the experiment has one of the expected tags, if there are any.
  `CREATE FUNCTION merge_evaluations(id text, members jsonb, expected text[])
   RETURNS SETOF experiments LANGUAGE plpgsql AS $$
   DECLARE
     merged experiments;
   BEGIN
     UPDATE experiments e SET
       evaluations = coalesce(e.evaluations, '{}') || members,
       updated_datetime = greatest(clock_timestamp(), e.updated_datetime + interval '1 microsecond')
     FROM models m, projects p
     WHERE e.experiment_id = id AND e.deleted_datetime IS NULL
       AND (expected IS NULL
         OR to_char(e.updated_datetime AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSUS') = ANY (expected))
       AND m.model_id = e.model_id AND m.deleted_datetime IS NULL
       AND p.project_id = e.project_id AND p.deleted_datetime IS NULL
     RETURNING e.* INTO merged;
     IF NOT FOUND THEN RETURN; END IF;

     DELETE FROM experiment_evaluations v
     WHERE v.experiment_id = id
       AND v.key NOT IN (SELECT leaf.key FROM numeric_leaves(merged.evaluations) leaf);

     INSERT INTO experiment_evaluations AS v (experiment_id, key, value, model_id, project_id)
     SELECT id, leaf.key, leaf.value, merged.model_id, merged.project_id
     FROM numeric_leaves(merged.evaluations) leaf
     WHERE NOT EXISTS (
       SELECT FROM experiment_evaluations same
       WHERE same.experiment_id = id AND same.key = leaf.key AND same.value = leaf.value)
     ON CONFLICT (experiment_id, key) DO UPDATE SET value = excluded.value;

     RETURN NEXT merged;
   END
   $$`,
];

/** Makes retries harmless and changes conditional: remembered answers, and merges that expect a state. */
export class SafeWrites1764500000000 implements MigrationInterface {
  name = 'SafeWrites1764500000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STEPS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION merge_evaluations(text, jsonb, text[])');
    await runner.query('DROP TABLE idempotency_keys');
  }
}
