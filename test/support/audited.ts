import { pruneEvents, sealEvents, VerificationService, type SealRow } from '#audit';
import { connect } from '#database';
import { createDatabase, type TestDatabase } from './database.js';

/** A database whose audit is sealed and verified by the test. */
export interface Audited extends AsyncDisposable {
  readonly test: TestDatabase;
  /** Writes events, in a transaction of their own, unless one has begun. */
  add(...entityIds: string[]): Promise<void>;
  /** @returns the seals that were made */
  seal(): Promise<SealRow[]>;
  /** Seals until all events are sealed: transactions of other tests may keep them from that for a while. */
  sealAll(): Promise<void>;
  verify: VerificationService['run'];
  prune(before: string): ReturnType<typeof pruneEvents>;
  /** Does what the database refuses, as somebody can who owns it. */
  break(sql: string): Promise<void>;
}

export async function audited(): Promise<Audited> {
  const test = await createDatabase();
  const connection = await connect({
    databaseUrl: test.url,
    poolSize: 4,
    poolWaitMs: 10_000,
    queueSize: 10,
    statementTimeoutMs: 15_000,
  });
  const { database } = connection;
  const verification = new VerificationService(database);
  const seal = async (): Promise<SealRow[]> => {
    const seals: SealRow[] = [];
    await sealEvents(database, (one) => seals.push(one));
    return seals;
  };
  return {
    test,
    seal,
    add: async (...entityIds) => {
      await test.sql.query(
        `INSERT INTO audit_events (occurred, actor, method, action, entity_type, entity_id, after)
         SELECT clock_timestamp(), 'a', 'none', 'x.create', 'x', id, jsonb_build_object('id', id) FROM unnest($1::text[]) id`,
        [entityIds],
      );
    },
    sealAll: async () => {
      do await seal();
      while ((await verification.run()).unsealed_events > 0);
    },
    verify: (options) => verification.run(options),
    prune: (before) => pruneEvents(database, before, { actor: 'pruner', method: 'none' }),
    break: async (sql) => {
      await test.sql.query(`BEGIN; SET LOCAL session_replication_role = replica; ${sql}; COMMIT`);
    },
    [Symbol.asyncDispose]: async () => {
      await connection[Symbol.asyncDispose]();
      await test.drop();
    },
  };
}

/** Three seals of two events each: 1 and 2, 3 and 4, 5 and 6. */
export async function threeSeals(): Promise<Audited> {
  const audit = await audited();
  for (const ids of [
    ['a', 'b'],
    ['c', 'd'],
    ['e', 'f'],
  ]) {
    await audit.add(...ids);
    await audit.sealAll();
  }
  return audit;
}

/** Makes a seal `s` anew, and all after it, as somebody does who knows how. */
export const RESEAL = `DO $$
  DECLARE
    s audit_seals;
    previous bytea := '';
  BEGIN
    FOR s IN SELECT * FROM audit_seals ORDER BY seal_id LOOP
      s.event_digests := ARRAY(
        SELECT sha256(convert_to(jsonb_build_array(
          e.event_id, e.transaction_id::text, e.occurred AT TIME ZONE 'UTC', e.actor, e.method, e.key_id, e.action,
          e.entity_type, e.entity_id, e.project_id, e.before, e.after, e.request_id, e.address)::text, 'UTF8'))
        FROM unnest(s.event_ids) WITH ORDINALITY one (event_id, place) JOIN audit_events e USING (event_id)
        ORDER BY place);
      previous := sha256(previous || convert_to(jsonb_build_array(
          s.seal_id, s.sealed_datetime AT TIME ZONE 'UTC', s.until_transaction::text, s.until_event, s.first_event,
          s.last_event, to_jsonb(s.event_ids))::text, 'UTF8')
        || (SELECT string_agg(digest, '' ORDER BY place) FROM unnest(s.event_digests) WITH ORDINALITY one (digest, place)));
      UPDATE audit_seals SET event_digests = s.event_digests, digest = previous WHERE seal_id = s.seal_id;
    END LOOP;
  END $$`;
