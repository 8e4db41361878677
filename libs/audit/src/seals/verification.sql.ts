import { statement } from '#database';
import { EVENT_DIGEST, sealDigest } from './seals.sql.js';

/** Seals that are looked at in one statement. */
const SEALS_AT_ONCE = 16;
const EVENTS_AT_ONCE = 10_000;

/** Up to where seals have been pruned of their events: told by the events that say so. */
const PRUNED = `pruned AS MATERIALIZED (
  SELECT coalesce(max((e.after ->> 'last_seal_id')::bigint), 0) AS seal_id
  FROM audit_events e WHERE e.entity_id = 'audit_events' AND e.action = 'audit.prune')`;

/**
 * The seals after `$1`: whether each is what it was made as, and the first of its events that is not, is gone, or is there
 * though it was pruned.
 */
export const CHECK_SEALS = statement(
  'audit.check_seals',
  `WITH ${PRUNED}
   SELECT s.seal_id, cardinality(s.event_ids) AS events, encode(s.digest, 'hex') AS digest,
     s.seal_id <= pruned.seal_id AS is_pruned,
     s.digest = ${sealDigest(`coalesce(previous.digest, '')`)} AS is_sound,
     wrong.event_id AS wrong_event, wrong.is_missing
   FROM pruned CROSS JOIN LATERAL (
     SELECT * FROM audit_seals WHERE seal_id > $1::bigint ORDER BY seal_id LIMIT ${String(SEALS_AT_ONCE)}
   ) s
   LEFT JOIN audit_seals previous ON previous.seal_id = s.seal_id - 1
   LEFT JOIN LATERAL (
     SELECT sealed.event_id, e.event_id IS NULL AS is_missing
     FROM unnest(s.event_ids, s.event_digests) WITH ORDINALITY sealed (event_id, digest, place)
     LEFT JOIN audit_events e ON e.event_id = sealed.event_id
     WHERE CASE WHEN s.seal_id <= pruned.seal_id THEN e.event_id IS NOT NULL
       ELSE e.event_id IS NULL OR ${EVENT_DIGEST} IS DISTINCT FROM sealed.digest END
     ORDER BY sealed.place LIMIT 1
   ) wrong ON true
   ORDER BY s.seal_id`,
);

/**
 * Of the events after `$1`, some at a time: the first that stands in no seal though others of its time do, and how many are
 * yet to be sealed. After a move into another cluster nothing can be said of that before the next seal.
 */
export const CHECK_EVENTS = statement(
  'audit.check_events',
  `WITH page AS MATERIALIZED (
     SELECT event_id, transaction_id FROM audit_events
     WHERE event_id > $1::bigint ORDER BY event_id LIMIT ${String(EVENTS_AT_ONCE)}
   ), range AS (
     SELECT min(event_id) AS first, max(event_id) AS last FROM page
   ), sealed AS MATERIALIZED (
     SELECT unnest(s.event_ids) AS event_id FROM audit_seals s, range
     WHERE s.last_event >= range.first AND s.first_event <= range.last
   ), bound AS MATERIALIZED (
     SELECT until_transaction, until_event FROM audit_seals ORDER BY seal_id DESC LIMIT 1
   ), unsealed AS MATERIALIZED (
     SELECT event_id, coalesce((page.transaction_id, page.event_id) <= (bound.until_transaction, bound.until_event)
       AND bound.until_transaction <= pg_snapshot_xmin(pg_current_snapshot()), false) AS is_inserted
     FROM page LEFT JOIN bound ON true
     WHERE event_id NOT IN (SELECT event_id FROM sealed)
   )
   SELECT range.last,
     (SELECT min(event_id) FROM unsealed WHERE is_inserted) AS inserted,
     (SELECT count(*) FROM unsealed WHERE NOT is_inserted) AS unsealed
   FROM range WHERE range.last IS NOT NULL`,
);
