import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A key as a step of a path: a dot or a backslash in it is escaped, so that every path has one meaning. */
const step = (key: string): string => String.raw`replace(replace(${key}, '\', '\\'), '.', '\.')`;

const STEPS = [
  // Longer paths do not fit into an index entry for certain: they are searched, but not by index.
  `CREATE FUNCTION numeric_leaves(document jsonb) RETURNS TABLE (key text, value numeric)
   LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
     WITH RECURSIVE leaf (path, content) AS (
       SELECT ${step('member.key')}, member.value FROM jsonb_each(document) member
       UNION ALL
       SELECT leaf.path || '.' || ${step('member.key')}, member.value
       FROM leaf, jsonb_each(CASE jsonb_typeof(leaf.content) WHEN 'object' THEN leaf.content END) member
       WHERE octet_length(leaf.path) < 255
     )
     SELECT path, json_number(content) FROM leaf
     WHERE octet_length(path) <= 255 AND json_number(content) IS NOT NULL
   $$`,

  // Filled from what is there: INSERT INTO experiment_evaluations SELECT … FROM experiments, numeric_leaves(evaluations).
  `CREATE TABLE experiment_evaluations (
     experiment_id text COLLATE "C" NOT NULL,
     key text COLLATE "C" NOT NULL,
     value numeric NOT NULL,
     model_id text COLLATE "C" NOT NULL,
     project_id text COLLATE "C" NOT NULL
   )`,
  `INSERT INTO experiment_evaluations (experiment_id, key, value, model_id, project_id)
   SELECT e.experiment_id, leaf.key, leaf.value, e.model_id, e.project_id
   FROM experiments e, numeric_leaves(e.evaluations) leaf`,
  // Keys and indexes come after the rows: three times as fast where there are many.
  `ALTER TABLE experiment_evaluations
     ADD CONSTRAINT pk_experiment_evaluations PRIMARY KEY (experiment_id, key),
     ADD CONSTRAINT fk_experiment_evaluations_experiment_id FOREIGN KEY (experiment_id)
       REFERENCES experiments (experiment_id) ON DELETE CASCADE`,
  `CREATE INDEX ix_experiment_evaluations_model ON experiment_evaluations (model_id, key, value, experiment_id)`,
  `CREATE INDEX ix_experiment_evaluations_project ON experiment_evaluations (project_id, key, value, experiment_id)`,
  `CREATE INDEX ix_experiment_evaluations_key ON experiment_evaluations (key, value, experiment_id)`,

  // A function, because each of its statements sees what others committed before it: a merge that waited for another
  // one of the same experiment must find the rows that the other has just written.
  `CREATE FUNCTION merge_evaluations(id text, members jsonb) RETURNS SETOF experiments LANGUAGE plpgsql AS $$
   DECLARE
     merged experiments;
   BEGIN
     UPDATE experiments e SET
       evaluations = coalesce(e.evaluations, '{}') || members,
       updated_datetime = clock_timestamp()
     FROM models m, projects p
     WHERE e.experiment_id = id AND e.deleted_datetime IS NULL
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

  `CREATE INDEX ix_experiments_parameters_tags ON experiments
   USING gin (parameters jsonb_path_ops, tags jsonb_path_ops)`,
];

/** Where numeric evaluations are searched and ranked: one narrow row for each number in `evaluations`. */
export class ExperimentEvaluations1764200000000 implements MigrationInterface {
  name = 'ExperimentEvaluations1764200000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STEPS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX ix_experiments_parameters_tags');
    await runner.query('DROP FUNCTION merge_evaluations(text, jsonb)');
    await runner.query('DROP TABLE experiment_evaluations');
    await runner.query('DROP FUNCTION numeric_leaves(jsonb)');
  }
}
