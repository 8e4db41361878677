import { statement } from '#database';

const COLUMNS = `key_id, name, role, created_by, created_datetime AS created_at, expires_datetime AS expires_at,
  last_used_datetime AS last_used_at, revoked_datetime AS revoked_at`;

export const CREATE = statement(
  'key.create',
  `INSERT INTO api_keys (key_id, digest, name, role, expires_datetime, created_by)
   VALUES ($1, $2, $3, $4, $5, $6) RETURNING ${COLUMNS}`,
);

/** A new key with the name, role and end of the key `$3`, which is good for `$5` seconds more. No row: it is not good now. */
export const ROTATE = statement(
  'key.rotate',
  `WITH old AS (
     UPDATE api_keys SET
       expires_datetime = least(expires_datetime, clock_timestamp() + make_interval(secs => $5::integer))
     WHERE key_id = $3 AND revoked_datetime IS NULL
       AND (expires_datetime IS NULL OR expires_datetime > clock_timestamp())
     RETURNING key_id, name, role
   )
   INSERT INTO api_keys (key_id, digest, name, role, expires_datetime, created_by)
   SELECT $1, $2, old.name, old.role, before.expires_datetime, $4
   FROM old JOIN api_keys before USING (key_id)
   RETURNING ${COLUMNS}`,
);

export const LIST = statement(
  'key.list',
  `SELECT ${COLUMNS} FROM api_keys ORDER BY created_datetime, key_id`,
);

/** One that is revoked already stays as it is. */
export const REVOKE = statement(
  'key.revoke',
  `UPDATE api_keys SET revoked_datetime = coalesce(revoked_datetime, clock_timestamp())
   WHERE key_id = $1 RETURNING ${COLUMNS}`,
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
