import { tagsTooLarge } from '#errors';
import { largeRecords, sentRecords, writeStatement } from '#idempotency';
import { columnsOf } from '../model.sql.js';

const SENT = sentRecords({
  project_id: 'text',
  model_name: 'text',
  description: 'text',
  tags: 'jsonb',
});

/**
 * New names are inserted in their order, so that batches that overlap wait for one another instead of in a circle. A row
 * without a model: there is no such project, and nothing was written; or, `has_project`, the model is not visible yet.
 */
export const CREATE_ALL = writeStatement(
  'model.create_all',
  {
    with: [
      `sent AS MATERIALIZED (${SENT})`,
      `parent AS MATERIALIZED (
         SELECT project_id FROM projects
         WHERE project_id IN (SELECT project_id FROM sent) AND deleted_datetime IS NULL)`,
      `named AS (
         SELECT DISTINCT ON (project_id, model_name COLLATE "C") * FROM sent
         WHERE NOT EXISTS (SELECT FROM sent s WHERE s.project_id NOT IN (SELECT project_id FROM parent))
         ORDER BY project_id, model_name COLLATE "C", position)`,
      `created AS (
         INSERT INTO models AS m (model_id, project_id, model_name, description, tags)
         SELECT id, project_id, model_name, description, tags FROM named
         ORDER BY project_id, model_name COLLATE "C"
         ON CONFLICT (project_id, model_name) WHERE deleted_datetime IS NULL DO NOTHING
         RETURNING ${columnsOf('m')})`,
      `found AS (
         SELECT ${columnsOf('c')} FROM created c
         UNION ALL
         SELECT ${columnsOf('m')} FROM named JOIN models m USING (project_id, model_name)
         WHERE m.deleted_datetime IS NULL
           AND NOT EXISTS (SELECT FROM created c
             WHERE c.project_id = named.project_id AND c.model_name = named.model_name))`,
    ],
    answer: `SELECT sent.position::text, sent.project_id IN (SELECT project_id FROM parent) AS has_project,
        ${columnsOf('f')}
      FROM sent LEFT JOIN found f USING (project_id, model_name) ORDER BY sent.position`,
    rows: { type: 'models', columns: columnsOf },
    succeeded: 'model_id IS NOT NULL',
  },
  { ck_models_tags: tagsTooLarge },
);

/** The models whose tags are too large. */
export const LARGE = largeRecords('model.large_of_batch', SENT);
