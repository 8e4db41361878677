import 'reflect-metadata';
import { describe, expect, it, jest } from '@jest/globals';
import { audited, RESEAL, threeSeals, type Audited } from '../support/audited.js';

// Transactions of other tests may keep events from being sealed for a while.
jest.setTimeout(60_000);

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
