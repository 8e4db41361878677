import { statement } from '#database';

const COLUMNS = 'm.member, m.role, m.created_by, m.created_datetime AS created_at';

export const LIST = statement(
  'member.list',
  `SELECT ${COLUMNS} FROM project_members m WHERE m.project_id = $1 ORDER BY m.member`,
);

/** Gives `$2` the role `$3`. No row: it names a key that is not there, or the project is deleted. */
export const PUT = statement(
  'member.put',
  `INSERT INTO project_members AS m (project_id, member, role, created_by)
   SELECT p.project_id, $2, $3, $4 FROM projects p
   WHERE p.project_id = $1 AND p.deleted_datetime IS NULL
     AND ($2 NOT LIKE 'key:%' OR EXISTS (SELECT FROM api_keys WHERE 'key:' || key_id = $2))
   ON CONFLICT (member, project_id) DO UPDATE SET
     role = excluded.role, created_by = excluded.created_by, created_datetime = clock_timestamp()
   RETURNING ${COLUMNS}`,
);

export const REMOVE = statement(
  'member.remove',
  `DELETE FROM project_members m WHERE m.project_id = $1 AND m.member = $2 RETURNING ${COLUMNS}`,
);

/** A row if one of `$2` is an admin of the project. */
export const IS_ADMIN = statement(
  'member.is_admin',
  `SELECT FROM project_members WHERE project_id = $1 AND member = ANY ($2::text[]) AND role = 'admin' LIMIT 1`,
);
