import { recordsMade, rolesGiven } from '#audit';
import { isWithin, statement } from '#database';
import { tagsTooLarge } from '#errors';
import { largeRecords, sentRecords, writeStatement } from '#idempotency';
import { columnsOf, creatorIsAdmin } from '../project.sql.js';

const SENT = sentRecords({ project_name: 'text', description: 'text', tags: 'jsonb' });

/**
 * New names are inserted in their order, so that batches that overlap wait for one another instead of in a circle. A row
 * without a project: it is there, but not visible yet.
 */
export const CREATE_ALL = writeStatement(
  'project.create_all',
  {
    with: [
      `sent AS MATERIALIZED (${SENT})`,
      `named AS (
         SELECT DISTINCT ON (project_name COLLATE "C") * FROM sent
         ORDER BY project_name COLLATE "C", position)`,
      `created AS (
         INSERT INTO projects AS p (project_id, project_name, description, tags)
         SELECT id, project_name, description, tags FROM named ORDER BY project_name COLLATE "C"
         ON CONFLICT (project_name) WHERE deleted_datetime IS NULL DO NOTHING
         RETURNING ${columnsOf('p')})`,
      creatorIsAdmin('$3'),
      `found AS (
         SELECT ${columnsOf('c')} FROM created c
         UNION ALL
         SELECT ${columnsOf('p')} FROM named JOIN projects p USING (project_name)
         WHERE p.deleted_datetime IS NULL
           AND NOT EXISTS (SELECT FROM created c WHERE c.project_name = named.project_name))`,
    ],
    answer: `SELECT ${columnsOf('f')} FROM sent LEFT JOIN found f USING (project_name) ORDER BY sent.position`,
    rows: { type: 'projects', columns: columnsOf },
    succeeded: 'project_id IS NOT NULL',
    audit: [recordsMade('project', 'created'), rolesGiven('granted')],
  },
  { ck_projects_tags: tagsTooLarge },
);

/** The live projects of the names, in order, as far as they are among the projects `$3`. Nothing else of what is sent counts. */
export const FIND_ALL = statement(
  'project.find_all',
  `SELECT ${columnsOf('p')} FROM (${SENT}) sent
   LEFT JOIN projects p ON p.project_name = sent.project_name AND p.deleted_datetime IS NULL
     AND ${isWithin('p.project_id', '$3')}
   ORDER BY sent.position`,
);

/** The projects whose tags are too large. */
export const LARGE = largeRecords('project.large_of_batch', SENT);
