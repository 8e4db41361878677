import { statement } from '#database';
import { tagsTooLarge } from '#errors';
import { projectNameTaken } from './project.errors.js';

const NAMES = [
  'project_id',
  'project_name',
  'description',
  'tags',
  'created_datetime',
  'updated_datetime',
  'deleted_datetime',
];
const COLUMNS = NAMES.join(', ');

/** The columns of an answer, of the table or subquery of that name. */
export function columnsOf(alias: string): string {
  return NAMES.map((column) => `${alias}.${column}`).join(', ');
}

const violations = {
  uq_projects_project_name: projectNameTaken,
  ck_projects_tags: tagsTooLarge,
};

export const CREATE = statement(
  'project.create',
  `WITH created AS (
     INSERT INTO projects (project_id, project_name, description, tags)
     VALUES ($1, $2, $3, $4)
     ON CONFLICT (project_name) WHERE deleted_datetime IS NULL DO NOTHING
     RETURNING ${COLUMNS}
   )
   SELECT true AS created, ${COLUMNS} FROM created
   UNION ALL
   SELECT false AS created, ${COLUMNS} FROM projects
   WHERE project_name = $2 AND deleted_datetime IS NULL AND NOT EXISTS (SELECT FROM created)`,
  violations,
);

export const BY_ID = statement(
  'project.by_id',
  `SELECT ${COLUMNS} FROM projects WHERE project_id = $1 AND deleted_datetime IS NULL`,
);

export const BY_NAME = statement(
  'project.by_name',
  `SELECT ${COLUMNS} FROM projects WHERE project_name = $1 AND deleted_datetime IS NULL`,
);

export const UPDATE = statement(
  'project.update',
  `UPDATE projects SET
     project_name = coalesce($2, project_name),
     description = CASE WHEN $3 THEN $4 ELSE description END,
     tags = CASE WHEN $5 THEN jsonb_strip_nulls(coalesce(tags, '{}') || $6) ELSE tags END,
     updated_datetime =
       CASE WHEN $2 IS NULL AND NOT ($3 OR $5) THEN updated_datetime ELSE clock_timestamp() END
   WHERE project_id = $1 AND deleted_datetime IS NULL
   RETURNING ${COLUMNS}`,
  violations,
);

export const REMOVE = statement(
  'project.remove',
  `UPDATE projects SET deleted_datetime = clock_timestamp(), updated_datetime = clock_timestamp()
   WHERE project_id = $1 AND deleted_datetime IS NULL
   RETURNING ${COLUMNS}`,
);

export const RESTORE = statement(
  'project.restore',
  `UPDATE projects SET
     deleted_datetime = NULL,
     updated_datetime = CASE WHEN deleted_datetime IS NULL THEN updated_datetime ELSE clock_timestamp() END
   WHERE project_id = $1
   RETURNING ${COLUMNS}`,
  violations,
);
