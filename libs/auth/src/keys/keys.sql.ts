import { writeEvents } from '#audit';
import { statement } from '#database';

const COLUMNS = `key_id, name, role, created_by, created_datetime AS created_at, expires_datetime AS expires_at,
  last_used_datetime AS last_used_at, revoked_datetime AS revoked_at`;

/** A key, as it is told of, that a `WITH` item has made. */
const made = (item: string, more = '') => ({
  action: 'key.create',
  ...ofKey('made'),
  after: `to_jsonb(made)${more}`,
  from: `${item} made`,
});

export const CREATE = statement(
  'key.create',
  `WITH created AS (
     INSERT INTO api_keys (key_id, digest, name, role, expires_datetime, created_by)
     VALUES ($1, $2, $3, $4, $5, $6) RETURNING ${COLUMNS}
   ), audited AS (${writeEvents('$7', made('created'))})
   SELECT * FROM created`,
);

/** A new key with the name, role and end of the key `$3`, which is good for `$5` seconds more. No row: it is not good now. */
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
   ), created AS (
     INSERT INTO api_keys (key_id, digest, name, role, expires_datetime, created_by)
     SELECT $1, $2, name, role, expires_datetime, $4 FROM old
     RETURNING ${COLUMNS}
   ), audited AS (${writeEvents('$6', made('created', ` || jsonb_build_object('follows', $3::text)`))}
   ), audited_end AS (${writeEvents('$6', {
     action: 'key.rotate',
     ...ofKey('ending'),
     before: `jsonb_build_object('expires_at', old.expires_datetime)`,
     after: `jsonb_build_object('expires_at', ending.expires_datetime)`,
     from: `ending JOIN old USING (key_id) WHERE ending.expires_datetime IS DISTINCT FROM old.expires_datetime`,
   })})
   SELECT * FROM created`,
);

export const LIST = statement(
  'key.list',
  `SELECT ${COLUMNS} FROM api_keys ORDER BY created_datetime, key_id`,
);

/** One that is revoked already stays as it is. */
export const REVOKE = statement(
  'key.revoke',
  `WITH old AS MATERIALIZED (
     SELECT key_id, revoked_datetime FROM api_keys WHERE key_id = $1 FOR NO KEY UPDATE
   ), revoked AS (
     UPDATE api_keys SET revoked_datetime = coalesce(revoked_datetime, clock_timestamp())
     WHERE key_id = (SELECT key_id FROM old)
     RETURNING ${COLUMNS}
   ), audited AS (${writeEvents('$2', {
     action: 'key.revoke',
     ...ofKey('revoked'),
     before: `jsonb_build_object('revoked_at', NULL)`,
     after: `jsonb_build_object('revoked_at', revoked.revoked_at)`,
     from: `revoked JOIN old USING (key_id) WHERE old.revoked_datetime IS NULL`,
   })})
   SELECT * FROM revoked`,
);

export const BY_ID = statement(
  'key.by_id',
  `SELECT ${COLUMNS}, digest FROM api_keys WHERE key_id = $1`,
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
