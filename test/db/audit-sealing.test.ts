import 'reflect-metadata';
import { describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { audited, RESEAL, threeSeals } from '../support/audited.js';

// Transactions of other tests may keep events from being sealed for a while.
jest.setTimeout(60_000);

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
