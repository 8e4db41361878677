import type pg from 'pg';

/** The numbers in which `experiment_evaluations` and the documents differ: none, ever. */
export async function outOfStep(sql: pg.Client): Promise<unknown[]> {
  const { rows } = await sql.query<Record<string, unknown>>(
    `SELECT experiment_id, key, document.value AS in_document, indexed.value AS in_index
     FROM (
       SELECT e.experiment_id, e.model_id, e.project_id, leaf.key, leaf.value
       FROM experiments e CROSS JOIN LATERAL (
         SELECT key, value FROM numeric_leaves(e.evaluations)
         UNION ALL SELECT key, value FROM metric_numbers(e.experiment_id)) leaf
     ) document
     FULL JOIN experiment_evaluations indexed USING (experiment_id, key)
     WHERE document.value IS DISTINCT FROM indexed.value
       OR document.model_id IS DISTINCT FROM indexed.model_id
       OR document.project_id IS DISTINCT FROM indexed.project_id`,
  );
  return rows;
}
