import { mostly, statement } from '#database';
import { CodedError } from '#errors';

/** The SHA-256 of an event `e`. Times as such without a zone: how they are written then depends on no setting. */
export const EVENT_DIGEST = `sha256(convert_to(jsonb_build_array(
  e.event_id, e.transaction_id::text, e.occurred AT TIME ZONE 'UTC', e.actor, e.method, e.key_id, e.action,
  e.entity_type, e.entity_id, e.project_id, e.before, e.after, e.request_id, e.address)::text, 'UTF8'))`;

/** The SHA-256 of a seal `s`, which goes on from that of the seal before it: no seal can be changed without all after it. */
export const sealDigest = (
  previous: string,
): string => `sha256(${previous} || convert_to(jsonb_build_array(
  s.seal_id, s.sealed_datetime AT TIME ZONE 'UTC', s.until_transaction::text, s.until_event, s.first_event, s.last_event,
  to_jsonb(s.event_ids))::text, 'UTF8')
  || coalesce((SELECT string_agg(one.digest, ''::bytea ORDER BY one.place)
     FROM unnest(s.event_digests) WITH ORDINALITY one (digest, place)), ''::bytea))`;

/** Whether an event `e` stands in a seal. */
const IS_SEALED = `EXISTS (
  SELECT FROM audit_seals known
  WHERE known.last_event >= e.event_id AND known.first_event <= e.event_id AND e.event_id = ANY (known.event_ids))`;

/** Events of a seal at most. */
const SEAL_EVENTS = '4096';
/** The event with which a seal holds so many bytes is its last one. */
const SEAL_BYTES = '67108864';

/** Held while sealing, so that of many replicas one does it. */
const SEALING_LOCK = '4203198276023';

/**
 * Seals events that no other event can come before any more: those of transactions that ended before all that are running
 * now. They are taken in the order of their transactions, from where the last seal has ended. No row: there are none, or
 * another replica is sealing.
 *
 * After a move into another cluster, transactions may have lower numbers than those of the last seal. Then all events are
 * taken that stand in no seal.
 */
export const SEAL = statement(
  'audit.seal',
  `WITH now AS MATERIALIZED (
     SELECT pg_snapshot_xmin(pg_current_snapshot()) AS xmin, pg_snapshot_xmax(pg_current_snapshot()) AS xmax
     WHERE pg_try_advisory_xact_lock(${SEALING_LOCK})
   ), last AS MATERIALIZED (
     SELECT *, until_transaction > xmin AS is_moved FROM (
       SELECT seal_id, until_transaction, until_event, digest FROM (
         SELECT seal_id, until_transaction, until_event, digest FROM audit_seals
         UNION ALL SELECT 0, '0', 0, ''
       ) one ORDER BY seal_id DESC LIMIT 1
     ) one, now
   ), candidate AS MATERIALIZED (
     SELECT *, row_number() OVER so_far AS place,
       sum(content_bytes) OVER so_far - content_bytes < ${SEAL_BYTES} AS has_room
     FROM (
       SELECT e.*, false AS is_foreign FROM last CROSS JOIN LATERAL (
         SELECT * FROM audit_events e
         WHERE NOT last.is_moved AND (e.transaction_id, e.event_id) > (last.until_transaction, last.until_event)
           AND ${mostly('e.transaction_id < last.xmin')} AND ${mostly(`NOT ${IS_SEALED}`)}
         ORDER BY e.transaction_id, e.event_id LIMIT ${SEAL_EVENTS}
       ) e
       UNION ALL
       SELECT e.*, e.transaction_id >= last.xmax FROM last, audit_events e
       WHERE last.is_moved AND (e.transaction_id < last.xmin OR e.transaction_id >= last.xmax) AND NOT ${IS_SEALED}
     ) e
     WINDOW so_far AS (ORDER BY is_foreign DESC, transaction_id, event_id ROWS UNBOUNDED PRECEDING)
     ORDER BY is_foreign DESC, transaction_id, event_id LIMIT ${SEAL_EVENTS}
   ), content AS (
     SELECT min(e.event_id) AS first_event, max(e.event_id) AS last_event,
       array_agg(e.event_id ORDER BY e.place) AS event_ids,
       array_agg(${EVENT_DIGEST} ORDER BY e.place) AS event_digests,
       max(e.transaction_id::text::bigint)::text::xid8 AS last_transaction,
       count(*) = ${SEAL_EVENTS} OR count(*) < (SELECT count(*) FROM candidate) AS is_cut
     FROM candidate e WHERE e.has_room
   ), s AS MATERIALIZED (
     SELECT last.seal_id + 1 AS seal_id, clock_timestamp() AS sealed_datetime, c.*, last.digest AS previous,
       CASE WHEN NOT c.is_cut THEN last.xmin
         WHEN last.is_moved THEN last.until_transaction ELSE c.last_transaction END AS until_transaction,
       CASE WHEN NOT c.is_cut THEN 0
         WHEN last.is_moved THEN last.until_event ELSE c.event_ids[cardinality(c.event_ids)] END AS until_event
     FROM last, content c WHERE c.event_ids IS NOT NULL
   )
   INSERT INTO audit_seals (
     seal_id, sealed_datetime, until_transaction, until_event, first_event, last_event, event_ids, event_digests, digest)
   SELECT seal_id, sealed_datetime, until_transaction, until_event, first_event, last_event, event_ids, event_digests,
     ${sealDigest('s.previous')}
   FROM s
   RETURNING seal_id, cardinality(event_ids) AS events, encode(digest, 'hex') AS digest,
     (SELECT is_cut FROM s) AS is_cut`,
  { pk_audit_seals: sealedElsewhere },
);

/** Only without the lock, which is not there for whoever calls this from elsewhere: the other seal is as good. */
export function sealedElsewhere(): CodedError {
  return new CodedError({
    kind: 'conflict',
    code: 'AUDIT_SEALED_ELSEWHERE',
    detail: 'Another one has just sealed the same events.',
  });
}
