import { ofMember, writeEvents } from '#audit';
import { statement } from '#database';

const COLUMNS = 'm.member, m.role, m.created_by, m.created_datetime AS created_at';

export const LIST = statement(
  'member.list',
  `SELECT ${COLUMNS} FROM project_members m WHERE m.project_id = $1 ORDER BY m.member`,
);

/** What is written down of a member, as a row `m`. */
const fieldsOf = (m: string): string =>
  `jsonb_build_object('role', ${m}.role, 'created_by', ${m}.created_by, 'created_at', ${m}.created_at)`;

/**
 * Gives `$2` the role `$3`. No row: it names a key that is not there, or the project is deleted. A row of nulls: it has just
 * been given another one, which the statement does not see yet.
 */
export const PUT = statement(
  'member.put',
  `WITH target AS MATERIALIZED (
     SELECT p.project_id FROM projects p
     WHERE p.project_id = $1 AND p.deleted_datetime IS NULL
       AND ($2 NOT LIKE 'key:%' OR EXISTS (SELECT FROM api_keys WHERE 'key:' || key_id = $2))
   ), was AS MATERIALIZED (
     SELECT m.project_id, ${COLUMNS} FROM project_members m
     WHERE m.project_id = (SELECT project_id FROM target) AND m.member = $2 FOR NO KEY UPDATE
   ), put AS (
     INSERT INTO project_members AS m (project_id, member, role, created_by)
     SELECT project_id, $2, $3, $4 FROM target
     ON CONFLICT (member, project_id) DO UPDATE SET
       role = excluded.role, created_by = excluded.created_by, created_datetime = clock_timestamp()
     WHERE EXISTS (SELECT FROM was)
     RETURNING m.project_id, ${COLUMNS}
   ), audited AS (${writeEvents('$5', {
     action: 'member.put',
     ...ofMember('put'),
     before: `CASE WHEN was.member IS NOT NULL THEN audit_difference(${fieldsOf('was')}, ${fieldsOf('put')}) END`,
     after: `audit_difference(${fieldsOf('put')}, CASE WHEN was.member IS NULL THEN '{}' ELSE ${fieldsOf('was')} END)`,
     from: 'put LEFT JOIN was USING (member)',
   })})
   SELECT put.member, put.role, put.created_by, put.created_at FROM target LEFT JOIN put ON true`,
);

export const REMOVE = statement(
  'member.remove',
  `WITH removed AS (
     DELETE FROM project_members m WHERE m.project_id = $1 AND m.member = $2 RETURNING m.project_id, ${COLUMNS}
   ), audited AS (${writeEvents('$3', {
     action: 'member.remove',
     ...ofMember('removed'),
     before: fieldsOf('removed'),
     after: 'NULL',
     from: 'removed',
   })})
   SELECT member, role, created_by, created_at FROM removed`,
);

/** A row if one of `$2` is an admin of the project. */
export const IS_ADMIN = statement(
  'member.is_admin',
  `SELECT FROM project_members WHERE project_id = $1 AND member = ANY ($2::text[]) AND role = 'admin' LIMIT 1`,
);
