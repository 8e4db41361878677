import { isLocked, lockedRecord, recordChanged, recordsMade, rolesGiven } from '#audit';
import { changedNow, hasTag, statement } from '#database';
import { tagsTooLarge } from '#errors';
import { writeStatement } from '#idempotency';
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

const rows = { type: 'projects', columns: columnsOf };
const violations = {
  uq_projects_project_name: projectNameTaken,
  ck_projects_tags: tagsTooLarge,
};

/** `WITH` item that makes the caller `creator`, if it is to be named, an admin of the projects in `created`. */
export function creatorIsAdmin(creator: string): string {
  return `granted AS (
    INSERT INTO project_members (project_id, member, role, created_by)
    SELECT project_id, ${creator}, 'admin', ${creator} FROM created WHERE ${creator}::text IS NOT NULL
    RETURNING project_id, member, role)`;
}

/** `is_refused`: there is one already, and `$5` asked for a new one. */
export const CREATE = writeStatement(
  'project.create',
  {
    with: [
      `created AS (
         INSERT INTO projects (project_id, project_name, description, tags)
         VALUES ($1, $2, $3, $4)
         ON CONFLICT (project_name) WHERE deleted_datetime IS NULL DO NOTHING
         RETURNING ${COLUMNS})`,
      creatorIsAdmin('$6'),
    ],
    answer: `SELECT false AS is_refused, ${COLUMNS} FROM created
      UNION ALL
      SELECT $5::boolean AS is_refused, ${COLUMNS} FROM projects
      WHERE project_name = $2 AND deleted_datetime IS NULL AND NOT EXISTS (SELECT FROM created)`,
    rows,
    succeeded: 'NOT is_refused',
    audit: [recordsMade('project', 'created'), rolesGiven('granted')],
  },
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

export const UPDATE = writeStatement(
  'project.update',
  {
    with: [
      lockedRecord('project', '$1'),
      `updated AS (
         UPDATE projects p SET
           project_name = coalesce($2, p.project_name),
           description = CASE WHEN $3 THEN $4 ELSE p.description END,
           tags = CASE WHEN $5 THEN jsonb_strip_nulls(coalesce(p.tags, '{}') || $6) ELSE p.tags END,
           updated_datetime =
             CASE WHEN $2 IS NULL AND NOT ($3 OR $5) THEN p.updated_datetime ELSE ${changedNow('p')} END
         WHERE ${isLocked('project', 'p')} AND p.deleted_datetime IS NULL AND ${hasTag('p', '$7')}
         RETURNING ${columnsOf('p')})`,
    ],
    answer: 'SELECT * FROM updated',
    rows,
    audit: [recordChanged('project', 'update', 'updated', ['project_name', 'description', 'tags'])],
  },
  violations,
);

export const REMOVE = writeStatement('project.remove', {
  with: [
    lockedRecord('project', '$1'),
    `removed AS (
       UPDATE projects p SET deleted_datetime = clock_timestamp(), updated_datetime = ${changedNow('p')}
       WHERE ${isLocked('project', 'p')} AND p.deleted_datetime IS NULL AND ${hasTag('p', '$2')}
       RETURNING ${columnsOf('p')})`,
  ],
  answer: 'SELECT * FROM removed',
  rows,
  audit: [recordChanged('project', 'delete', 'removed', ['deleted_datetime'])],
});

export const RESTORE = writeStatement(
  'project.restore',
  {
    with: [
      lockedRecord('project', '$1'),
      `restored AS (
         UPDATE projects p SET
           deleted_datetime = NULL,
           updated_datetime =
             CASE WHEN p.deleted_datetime IS NULL THEN p.updated_datetime ELSE ${changedNow('p')} END
         WHERE ${isLocked('project', 'p')}
         RETURNING ${columnsOf('p')})`,
    ],
    answer: 'SELECT * FROM restored',
    rows,
    audit: [recordChanged('project', 'restore', 'restored', ['deleted_datetime'])],
  },
  violations,
);
