import { rolesGiven, writeEvents } from '#audit';
import { statement } from '#database';

/** The columns of an answer, of the table or subquery of that name. */
function columnsOf(k: string): string {
  return `${k}.key_id, ${k}.name, coalesce(${k}.role, ${k}.role_on_projects) AS role, ${k}.created_by,
    ${k}.created_datetime AS created_at, ${k}.expires_datetime AS expires_at,
    ${k}.last_used_datetime AS last_used_at, ${k}.revoked_datetime AS revoked_at`;
}

/** The projects of a key that is not for everything, as JSON. */
function projectsOf(k: string): string {
  return `CASE WHEN ${k}.role IS NULL THEN (
    SELECT coalesce(jsonb_agg(project_id ORDER BY project_id), '[]') FROM project_members WHERE member = 'key:' || ${k}.key_id
  ) END AS project_ids`;
}

/** The event of a key that the `WITH` item `told` returns as it is told of. */
const made = (more = '') => ({
  action: 'key.create',
  ...ofKey('told'),
  after: `to_jsonb(told)${more}`,
  from: 'told',
});

/** A key with a role on everything, or on the projects `$7`. No row: not all of them are there. */
export const CREATE = statement(
  'key.create',
  `WITH made AS (
     INSERT INTO api_keys AS k (key_id, digest, name, role, role_on_projects, expires_datetime, created_by)
     SELECT $1, $2, $3, CASE WHEN $7::text[] IS NULL THEN $4 END, CASE WHEN $7::text[] IS NOT NULL THEN $4 END, $5, $6
     WHERE NOT EXISTS (
       SELECT FROM unnest($7::text[]) asked (id) LEFT JOIN projects p ON p.project_id = asked.id
       WHERE p.project_id IS NULL OR p.deleted_datetime IS NOT NULL)
     RETURNING k.*
   ), granted AS (
     INSERT INTO project_members (project_id, member, role, created_by)
     SELECT asked.id, 'key:' || made.key_id, $4, $6 FROM made, unnest($7::text[]) asked (id)
     RETURNING project_id, member, role
   ), told AS (
     SELECT ${columnsOf('made')}, to_jsonb($7::text[]) AS project_ids FROM made
   ), audited AS (${writeEvents('$8', made())}
   ), audited_roles AS (${writeEvents('$8', rolesGiven('granted'))}
   )
   SELECT * FROM told`,
);

/** The places in `$1`, from 1, of what is no live project. */
export const UNKNOWN_PROJECTS = statement(
  'key.unknown_projects',
  `SELECT asked.position::text
   FROM unnest($1::text[]) WITH ORDINALITY asked (id, position) LEFT JOIN projects p ON p.project_id = asked.id
   WHERE p.project_id IS NULL OR p.deleted_datetime IS NOT NULL
   ORDER BY asked.position`,
);

/**
 * A new key with the name, the roles and the end of the key `$3`, which is good for `$5` seconds more. No row: it is not good
 * now.
 */
export const ROTATE = statement(
  'key.rotate',
  `WITH old AS MATERIALIZED (
     SELECT * FROM api_keys
     WHERE key_id = $3 AND revoked_datetime IS NULL
       AND (expires_datetime IS NULL OR expires_datetime > clock_timestamp())
     FOR NO KEY UPDATE
   ), ending AS (
     UPDATE api_keys SET
       expires_datetime = least(expires_datetime, clock_timestamp() + make_interval(secs => $5::integer))
     WHERE key_id = (SELECT key_id FROM old)
     RETURNING key_id, expires_datetime
   ), made AS (
     INSERT INTO api_keys AS k (key_id, digest, name, role, role_on_projects, expires_datetime, created_by)
     SELECT $1, $2, name, role, role_on_projects, expires_datetime, $4 FROM old
     RETURNING k.*
   ), granted AS (
     INSERT INTO project_members (project_id, member, role, created_by)
     SELECT m.project_id, 'key:' || made.key_id, m.role, $4
     FROM made, project_members m WHERE m.member = 'key:' || $3
     RETURNING project_id, member, role
   ), told AS (
     SELECT ${columnsOf('made')},
       CASE WHEN made.role IS NULL THEN (
         SELECT coalesce(jsonb_agg(project_id ORDER BY project_id), '[]') FROM granted) END AS project_ids
     FROM made
   ), audited AS (${writeEvents('$6', made(` || jsonb_build_object('follows', $3::text)`))}
   ), audited_roles AS (${writeEvents('$6', rolesGiven('granted'))}
   ), audited_end AS (${writeEvents('$6', {
     action: 'key.rotate',
     ...ofKey('ending'),
     before: `jsonb_build_object('expires_at', old.expires_datetime)`,
     after: `jsonb_build_object('expires_at', ending.expires_datetime)`,
     from: `ending JOIN old USING (key_id) WHERE ending.expires_datetime IS DISTINCT FROM old.expires_datetime`,
   })})
   SELECT * FROM told`,
);

export const LIST = statement(
  'key.list',
  `SELECT ${columnsOf('k')}, ${projectsOf('k')} FROM api_keys k ORDER BY k.created_datetime, k.key_id`,
);

/** One that is revoked already stays as it is. */
export const REVOKE = statement(
  'key.revoke',
  `WITH old AS MATERIALIZED (
     SELECT key_id, revoked_datetime FROM api_keys WHERE key_id = $1 FOR NO KEY UPDATE
   ), revoked AS (
     UPDATE api_keys k SET revoked_datetime = coalesce(k.revoked_datetime, clock_timestamp())
     WHERE k.key_id = (SELECT key_id FROM old) RETURNING ${columnsOf('k')}, ${projectsOf('k')}
   ), audited AS (${writeEvents('$2', {
     action: 'key.revoke',
     ...ofKey('revoked'),
     before: `jsonb_build_object('revoked_at', NULL)`,
     after: `jsonb_build_object('revoked_at', revoked.revoked_at)`,
     from: `revoked JOIN old USING (key_id) WHERE old.revoked_datetime IS NULL`,
   })})
   SELECT * FROM revoked`,
);

/** What a key is checked against, and what may be done with it; its roles on projects as a JSON object. */
export const BY_ID = statement(
  'key.by_id',
  `SELECT k.key_id, k.name, k.digest, k.role AS role_on_everything,
     k.expires_datetime AS expires_at, k.revoked_datetime AS revoked_at,
     (SELECT jsonb_object_agg(m.project_id, m.role) FROM project_members m
      WHERE m.member = 'key:' || k.key_id) AS roles_on_projects
   FROM api_keys k WHERE k.key_id = $1`,
);

/** At most once a minute, however many replicas the key is used on. */
export const USED = statement(
  'key.used',
  `UPDATE api_keys SET last_used_datetime = clock_timestamp()
   WHERE key_id = $1
     AND (last_used_datetime IS NULL OR last_used_datetime < clock_timestamp() - interval '1 minute')`,
);

function ofKey(row: string) {
  return { entityType: 'key', entityId: `${row}.key_id` };
}
