import 'reflect-metadata';
import { describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { audited, RESEAL, type Audited } from '../support/audited.js';

// Transactions of other tests may keep events from being sealed for a while.
jest.setTimeout(60_000);

/** Three seals of two events each: 1 and 2, 3 and 4, 5 and 6. */
async function threeSeals(): Promise<Audited> {
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

async function digestOf(audit: Audited, sealId: string): Promise<string> {
  const { rows } = await audit.test.sql.query<{ digest: string }>(
    `SELECT encode(digest, 'hex') AS digest FROM audit_seals WHERE seal_id = $1`,
    [sealId],
  );
  return rows[0]?.digest ?? '';
}

describe('the chain of seals', () => {
  it('is sound while nothing has been done to it', async () => {
    await using audit = await threeSeals();
    await audit.add('g');
    const digest = await digestOf(audit, '3');
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(await audit.verify({ anchor: { sealId: '3', digest } })).toEqual({
      seals: 3,
      events: 6,
      pruned_events: 0,
      unsealed_events: 1,
      last: { seal_id: '3', events: '2', digest },
      finding: null,
    });
  });

  it('holds nothing where nothing has happened', async () => {
    await using audit = await audited();
    expect(await audit.seal()).toEqual([]);
    expect(await audit.verify()).toMatchObject({ seals: 0, events: 0, last: null, finding: null });
  });

  const events = (damage: string, seal_id: string | null, event_id: string | null) => ({
    damage,
    seal_id,
    event_id,
  });
  it.each([
    [
      'an event that was altered',
      `UPDATE audit_events SET actor = 'b' WHERE event_id IN (4, 5)`,
      events('event_altered', '2', '4'),
    ],
    [
      'a value in a document of it',
      `UPDATE audit_events SET after = '{"id": 1.0}' WHERE event_id = 1`,
      events('event_altered', '1', '1'),
    ],
    [
      'its time',
      `UPDATE audit_events SET occurred = occurred + interval '1 microsecond' WHERE event_id = 6`,
      events('event_altered', '3', '6'),
    ],
    [
      'an event that is missing',
      'DELETE FROM audit_events WHERE event_id = 3',
      events('event_missing', '2', '3'),
    ],
    ['all events that are missing', 'TRUNCATE audit_events', events('event_missing', '1', '1')],
    [
      'an event that was inserted',
      `INSERT INTO audit_events OVERRIDING SYSTEM VALUE
       SELECT 99, transaction_id, occurred, 'mallory', method, key_id, action, entity_type, entity_id, project_id,
         before, after, request_id, address FROM audit_events WHERE event_id = 2`,
      events('event_inserted', null, '99'),
    ],
    [
      'events that have changed places',
      `UPDATE audit_events e SET after = other.after FROM audit_events other
       WHERE e.event_id IN (1, 2) AND other.event_id = 3 - e.event_id`,
      events('event_altered', '1', '1'),
    ],
    [
      'a seal that was altered',
      `UPDATE audit_seals SET event_ids = '{3}', event_digests = event_digests[1:1] WHERE seal_id = 2`,
      events('seal_altered', '2', null),
    ],
    [
      'the time of a seal',
      `UPDATE audit_seals SET sealed_datetime = '2020-01-01' WHERE seal_id = 1`,
      events('seal_altered', '1', null),
    ],
    [
      'a seal that is missing',
      'DELETE FROM audit_seals WHERE seal_id = 2',
      events('seal_missing', '2', null),
    ],
    [
      'the first one',
      'DELETE FROM audit_seals WHERE seal_id = 1',
      events('seal_missing', '1', null),
    ],
  ])('gives away %s', async (_, damage, finding) => {
    await using audit = await threeSeals();
    await audit.break(damage);
    expect((await audit.verify()).finding).toEqual(finding);
  });

  it('that was made anew is given away by an anchor', async () => {
    await using audit = await threeSeals();
    const [second, third] = [await digestOf(audit, '2'), await digestOf(audit, '3')];
    await audit.break(RESEAL);
    expect(await digestOf(audit, '3')).toBe(third);
    await audit.break(`UPDATE audit_events SET actor = 'b' WHERE event_id = 4; ${RESEAL}`);
    expect((await audit.verify()).finding).toBeNull();
    for (const anchor of [
      { sealId: '2', digest: second },
      { sealId: '3', digest: third },
    ]) {
      expect((await audit.verify({ anchor })).finding).toEqual(
        events('anchor', anchor.sealId, null),
      );
    }
  });

  it('that was cut short is given away by an anchor', async () => {
    await using audit = await threeSeals();
    const anchor = { sealId: '3', digest: await digestOf(audit, '3') };
    await audit.break('DELETE FROM audit_seals WHERE seal_id = 3');
    expect((await audit.verify()).finding).toBeNull();
    expect((await audit.verify({ anchor })).finding).toEqual(events('seal_missing', '3', null));
  });
});

describe('sealing', () => {
  it('waits for transactions that are open, and for nothing after them', async () => {
    await using audit = await audited();
    const other = new pg.Client({ connectionString: audit.test.url });
    await other.connect();
    await other.query('BEGIN');
    await other.query('SELECT pg_current_xact_id()');
    await audit.add('later');
    expect(await audit.seal()).toEqual([]);
    await other.query(
      `INSERT INTO audit_events (occurred, actor, method, action, entity_type, entity_id)
       VALUES (now(), 'a', 'none', 'x', 'x', 'sooner')`,
    );
    await other.query('COMMIT');
    await other.end();
    await audit.sealAll();
    expect(await audit.verify()).toMatchObject({ events: 2, finding: null });
  });

  it('takes some thousands of events at a time, also of one transaction', async () => {
    await using audit = await audited();
    const ids = (count: number): string[] => Array.from({ length: count }, (_, i) => String(i));
    await audit.add(...ids(3000));
    await audit.add(...ids(6000));
    await audit.add(...ids(10));
    await audit.sealAll();
    const report = await audit.verify();
    expect(report).toMatchObject({ events: 9010, finding: null });
    expect(report.seals).toBeGreaterThanOrEqual(3);
  });

  it('ends a seal after 64 MiB', async () => {
    await using audit = await audited();
    await audit.test.sql.query(
      `INSERT INTO audit_events (occurred, actor, method, action, entity_type, entity_id, after)
       SELECT now(), 'a', 'none', 'x', 'x', 'x', to_jsonb(repeat('x', 14000000)) FROM generate_series(1, 7)`,
    );
    await audit.sealAll();
    expect(await audit.verify()).toMatchObject({ seals: 2, events: 7, finding: null });
  });

  it('takes every event once, while others write and others seal', async () => {
    await using audit = await audited();
    let isWriting = true;
    const write = async (writer: number): Promise<void> => {
      const client = new pg.Client({ connectionString: audit.test.url });
      await client.connect();
      for (let round = 0; round < 40; round += 1) {
        await client.query('BEGIN');
        for (let event = 0; event <= (round * writer) % 4; event += 1) {
          await client.query(
            `INSERT INTO audit_events (occurred, actor, method, action, entity_type, entity_id)
             VALUES (now(), 'a', 'none', 'x', 'x', 'x')`,
          );
        }
        await client.query(round % 7 === writer ? 'ROLLBACK' : 'COMMIT');
      }
      await client.end();
    };
    const seal = async (): Promise<void> => {
      while (isWriting) await audit.seal();
    };
    const sealing = [seal(), seal()];
    await Promise.all([1, 2, 3, 5].map(write));
    isWriting = false;
    await Promise.all(sealing);
    await audit.sealAll();
    const { rows } = await audit.test.sql.query<{ same: boolean }>(
      `SELECT (SELECT array_agg(id ORDER BY id) FROM audit_seals, unnest(event_ids) id)
         = (SELECT array_agg(event_id ORDER BY event_id) FROM audit_events) AS same`,
    );
    expect(rows).toEqual([{ same: true }]);
    expect((await audit.verify()).finding).toBeNull();
  });

  it('goes on after a move into a cluster whose transactions have lower numbers', async () => {
    await using audit = await threeSeals();
    // As it looks there: what was sealed and what was not has numbers that are yet to come.
    await audit.add('not sealed before the move');
    await audit.break(
      `UPDATE audit_events SET transaction_id = (transaction_id::text::bigint + 1000000000)::text::xid8;
       UPDATE audit_seals SET until_transaction = (until_transaction::text::bigint + 1000000000)::text::xid8;
       ${RESEAL}`,
    );
    await audit.add('after the move');
    expect(await audit.verify()).toMatchObject({ events: 6, unsealed_events: 2, finding: null });
    await audit.sealAll();
    expect(await audit.verify()).toMatchObject({ events: 8, finding: null });
    await audit.add('later');
    await audit.sealAll();
    expect(await audit.verify()).toMatchObject({ events: 9, finding: null });
    await audit.break(
      `INSERT INTO audit_events (transaction_id, occurred, actor, method, action, entity_type, entity_id)
       SELECT transaction_id, now(), 'mallory', 'none', 'x', 'x', 'x' FROM audit_events WHERE event_id = 9`,
    );
    expect((await audit.verify()).finding).toMatchObject({ damage: 'event_inserted' });
  });
});

describe('pruning', () => {
  it('takes whole seals, oldest first, leaves the chain, and says so itself', async () => {
    await using audit = await threeSeals();
    await audit.break(
      `UPDATE audit_seals SET sealed_datetime = ('2020-01-0' || seal_id)::timestamptz; ${RESEAL}`,
    );
    expect(await audit.prune('2019-01-01')).toEqual({ seals: 0, events: 0, last_seal_id: null });
    expect(await audit.prune('2020-01-02T12:00:00Z')).toEqual({
      seals: 2,
      events: 4,
      last_seal_id: '2',
    });
    expect(await audit.verify()).toMatchObject({ events: 2, pruned_events: 4, finding: null });
    const { rows } = await audit.test.sql.query(
      `SELECT actor, action, after - 'newest_occurred' AS after FROM audit_events WHERE event_id > 6`,
    );
    expect(rows).toEqual([
      { actor: 'pruner', action: 'audit.prune', after: { last_seal_id: 2, seals: 2, events: 4 } },
    ]);
    await audit.sealAll();
    expect(await audit.prune('2099-01-01')).toMatchObject({ seals: 2, last_seal_id: '4' });
    await audit.sealAll();
    expect(await audit.verify()).toMatchObject({ events: 1, pruned_events: 7, finding: null });
    await audit.break(
      `INSERT INTO audit_events (event_id, occurred, actor, method, action, entity_type, entity_id)
       OVERRIDING SYSTEM VALUE VALUES (5, now(), 'mallory', 'none', 'x', 'x', 'x')`,
    );
    expect((await audit.verify()).finding).toEqual({
      damage: 'event_inserted',
      seal_id: '3',
      event_id: '5',
    });
  });

  it('opens nothing for others', async () => {
    await using audit = await threeSeals();
    await audit.test.sql.query(`BEGIN; SELECT * FROM prune_audit('2099-01-01', 10, '{x,none}')`);
    await expect(audit.test.sql.query('DELETE FROM audit_events')).rejects.toThrow(
      'audit_events is only ever added to: DELETE is refused',
    );
    await audit.test.sql.query('ROLLBACK');
    expect(await audit.verify()).toMatchObject({ events: 6, finding: null });
  });
});
