import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mismatchOf, type ReplicaPlace } from '../../libs/database/src/replicas/places.js';
import { Track } from '../../libs/database/src/replicas/track.js';

const at = (position: number, timeline = '1') => ({
  system: '7',
  timeline,
  position: BigInt(position),
});

describe('Track', () => {
  it('says up to when a replica has everything, whatever is written', () => {
    const growth = fc.array(fc.nat(3), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(growth, fc.nat(150), (steps, position) => {
        const track = new Track();
        let written = 0;
        const places = steps.map((step, second) => {
          written += step;
          track.note(at(written), second * 1000);
          return written;
        });
        const last = places.findLastIndex((place) => place <= position);
        expect(track.coveredAt(BigInt(position))).toBe(last < 0 ? undefined : last * 1000);
      }),
    );
  });

  it('forgets what was a minute ago, and what another timeline has written', () => {
    const track = new Track();
    track.note(at(10), 0);
    track.note(at(20), 60_001);
    expect(track.coveredAt(19n)).toBeUndefined();
    track.note(at(30, '2'), 61_000);
    expect([track.coveredAt(29n), track.coveredAt(30n)]).toEqual([undefined, 61_000]);
    expect(track.primary).toEqual(at(30, '2'));
  });
});

describe('a replica', () => {
  const sound: ReplicaPlace = { ...at(1), isStandby: true, hasNewestSchema: true };

  it.each<[Partial<ReplicaPlace>, string | undefined]>([
    [{}, undefined],
    [{ position: 9n }, undefined],
    [{ isStandby: false }, 'is no standby'],
    [{ system: '8' }, 'belongs to another primary'],
    [{ timeline: '2' }, 'belongs to another primary'],
    [{ hasNewestSchema: false }, 'has an older schema'],
  ])('with %o %s', (difference, mismatch) => {
    expect(mismatchOf(at(1), { ...sound, ...difference })).toBe(mismatch);
  });
});
