import type { MigrationInterface, QueryRunner } from 'typeorm';

const STEPS = [
  // `transaction_id` tells when no event can come before another one any more: see the seals.
  `CREATE TABLE audit_events (
     event_id bigint GENERATED ALWAYS AS IDENTITY,
     transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id(),
     occurred timestamptz NOT NULL,
     actor text NOT NULL,
     method text COLLATE "C" NOT NULL,
     key_id text COLLATE "C",
     action text COLLATE "C" NOT NULL,
     entity_type text COLLATE "C" NOT NULL,
     entity_id text COLLATE "C" NOT NULL,
     project_id text COLLATE "C",
     before jsonb,
     after jsonb,
     request_id text,
     address text,
     content_bytes integer GENERATED ALWAYS AS (
       octet_length(coalesce(before::text, '')) + octet_length(coalesce(after::text, ''))) STORED,
     CONSTRAINT pk_audit_events PRIMARY KEY (event_id)
   )`,
  // Few and narrow, for each write pays for them. All but the second grow at their end.
  `CREATE INDEX ix_audit_events_transaction ON audit_events (transaction_id, event_id)`,
  `CREATE INDEX ix_audit_events_entity_occurred ON audit_events (entity_id, occurred)`,
  `CREATE INDEX ix_audit_events_occurred ON audit_events (occurred)`,

  `CREATE TABLE audit_seals (
     seal_id bigint NOT NULL,
     sealed_datetime timestamptz NOT NULL,
     until_transaction xid8 NOT NULL,
     until_event bigint NOT NULL,
     first_event bigint NOT NULL,
     last_event bigint NOT NULL,
     event_ids bigint[] NOT NULL,
     event_digests bytea[] NOT NULL,
     digest bytea NOT NULL,
     CONSTRAINT pk_audit_seals PRIMARY KEY (seal_id)
   )`,
  `CREATE INDEX ix_audit_seals_events ON audit_seals (last_event, first_event)`,

  // The only way through is the transaction of a prune, which has to name itself: a setting that was left on opens nothing.
  `CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'audit_events'
       AND current_setting('modeldb.audit_prune', true) = pg_current_xact_id()::text
     THEN RETURN NULL; END IF;
     RAISE EXCEPTION '% is only ever added to: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
   END
   $$`,
  ...['audit_events', 'audit_seals'].map(
    (table) => `CREATE TRIGGER tr_${table}_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()`,
  ),

  // In PL/pgSQL, which remembers plans where SQL plans anew each time.
  //
  // The fields of one record that are otherwise in another; of documents only the members that are. As text, for 1 and
  // 1.0 are equal and not the same.
  `CREATE FUNCTION audit_difference(one jsonb, other jsonb) RETURNS jsonb
   LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
   BEGIN
     RETURN (SELECT coalesce(jsonb_object_agg(field.key, CASE
       WHEN jsonb_typeof(field.value) = 'object' AND jsonb_typeof(other -> field.key) = 'object' THEN (
         SELECT coalesce(jsonb_object_agg(member.key, member.value), '{}') FROM jsonb_each(field.value) member
         WHERE member.value::text IS DISTINCT FROM (other -> field.key -> member.key)::text)
       ELSE field.value END), '{}')
     FROM jsonb_each(one) field
     WHERE field.value::text IS DISTINCT FROM (other -> field.key)::text);
   END
   $$`,

  // What a record was before a change: of documents the members go that it set, and those come back that it replaced.
  `CREATE FUNCTION audit_undo(state jsonb, was jsonb, became jsonb) RETURNS jsonb
   LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
   BEGIN
     RETURN (SELECT state || coalesce(jsonb_object_agg(field.key, CASE
       WHEN jsonb_typeof(field.value) = 'object' AND jsonb_typeof(became -> field.key) = 'object'
       THEN (coalesce(nullif(state -> field.key, 'null'), '{}')
         - ARRAY(SELECT jsonb_object_keys(became -> field.key))) || field.value
       ELSE field.value END), '{}')
     FROM jsonb_each(was) field);
   END
   $$`,

  // A record as it was at a moment: its changes since then are undone, newest first.
  `CREATE FUNCTION audit_state(state jsonb, type text, id text, moment timestamptz) RETURNS jsonb
   LANGUAGE plpgsql STABLE AS $$
   DECLARE
     change record;
   BEGIN
     FOR change IN
       SELECT before, after FROM audit_events
       WHERE entity_id = id AND entity_type = type AND occurred > moment AND before IS NOT NULL
       ORDER BY occurred DESC, event_id DESC
     LOOP
       state := audit_undo(state, change.before, change.after);
     END LOOP;
     RETURN state;
   END
   $$`,

  // Deletes the events of whole seals, oldest first, as many as make about "most" events, and writes an event of it.
  // The seals stay. No row: there is nothing that old.
  `CREATE FUNCTION prune_audit(moment timestamptz, most bigint, origin text[])
   RETURNS TABLE (last_seal_id bigint, seals bigint, events bigint) LANGUAGE plpgsql AS $$
   DECLARE
     pruned bigint;
     newest timestamptz;
   BEGIN
     PERFORM pg_advisory_xact_lock(4203198276022);
     SELECT coalesce(max((e.after ->> 'last_seal_id')::bigint), 0) INTO pruned
     FROM audit_events e WHERE e.entity_id = 'audit_events' AND e.action = 'audit.prune';

     SELECT max(s.seal_id), count(*) INTO last_seal_id, seals FROM (
       SELECT seal_id, max(sealed_datetime) OVER up_to AS sealed,
         sum(cardinality(event_ids)) OVER up_to - cardinality(event_ids) AS before
       FROM (SELECT * FROM audit_seals WHERE seal_id > pruned ORDER BY seal_id LIMIT 5000) next
       WINDOW up_to AS (ORDER BY seal_id ROWS UNBOUNDED PRECEDING)
     ) s WHERE s.sealed < moment AND s.before < most;
     IF last_seal_id IS NULL THEN RETURN; END IF;

     PERFORM set_config('modeldb.audit_prune', pg_current_xact_id()::text, true);
     WITH gone AS (
       DELETE FROM audit_events e USING audit_seals s, unnest(s.event_ids) sealed (event_id)
       WHERE s.seal_id > pruned AND s.seal_id <= prune_audit.last_seal_id AND e.event_id = sealed.event_id
       RETURNING e.occurred)
     SELECT count(*), max(occurred) INTO events, newest FROM gone;
     PERFORM set_config('modeldb.audit_prune', '', true);

     INSERT INTO audit_events (
       occurred, actor, method, key_id, request_id, address, action, entity_type, entity_id, after)
     VALUES (
       clock_timestamp(), origin[1], origin[2], origin[3], origin[4], origin[5], 'audit.prune', 'audit', 'audit_events',
       jsonb_build_object(
         'last_seal_id', last_seal_id, 'seals', seals, 'events', events, 'newest_occurred', newest));
     RETURN NEXT;
   END
   $$`,
];

const UNDO = [
  'DROP FUNCTION prune_audit(timestamptz, bigint, text[])',
  'DROP FUNCTION audit_state(jsonb, text, text, timestamptz)',
  'DROP FUNCTION audit_undo(jsonb, jsonb, jsonb)',
  'DROP FUNCTION audit_difference(jsonb, jsonb)',
  'DROP TABLE audit_events, audit_seals',
  'DROP FUNCTION refuse_audit_change()',
];

/** What was changed, by whom: events that are only ever added, and the seals that show it. */
export class Audit1765000000000 implements MigrationInterface {
  name = 'Audit1765000000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STEPS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of UNDO) await runner.query(statement);
  }
}
