import { recordsMade } from '#audit';
import { isWithin } from '#database';
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
 * without a model: there is no such project among the visible ones `$3`, and nothing was written; or it is none of the
 * editable ones `$4`; or, `has_project` and `may_write`, the model is not visible yet.
 */
export const CREATE_ALL = writeStatement(
  'model.create_all',
  {
    with: [
      `sent AS MATERIALIZED (${SENT})`,
      `parent AS MATERIALIZED (
         SELECT project_id, ${isWithin('project_id', '$4')} AS may_write FROM projects
         WHERE project_id IN (SELECT project_id FROM sent) AND deleted_datetime IS NULL
           AND ${isWithin('project_id', '$3')})`,
      `named AS (
         SELECT DISTINCT ON (project_id, model_name COLLATE "C") * FROM sent
         WHERE NOT EXISTS (SELECT FROM sent s WHERE s.project_id NOT IN (
           SELECT project_id FROM parent WHERE may_write))
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
    answer: `SELECT sent.position::text, parent.project_id IS NOT NULL AS has_project, parent.may_write,
        ${columnsOf('f')}
      FROM sent LEFT JOIN parent USING (project_id) LEFT JOIN found f USING (project_id, model_name)
      ORDER BY sent.position`,
    rows: { type: 'models', columns: columnsOf },
    succeeded: 'model_id IS NOT NULL',
    audit: [recordsMade('model', 'created')],
  },
  { ck_models_tags: tagsTooLarge },
);

/** The models whose tags are too large. */
export const LARGE = largeRecords('model.large_of_batch', SENT);
