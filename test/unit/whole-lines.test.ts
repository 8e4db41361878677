import { describe, expect, it } from '@jest/globals';
import { wholeLines, type Lines } from '../../apps/cli/src/archive/whole-lines.js';

const MIB = 1024 * 1024;

/** As a file is read: the next piece is written over the one before it. */
async function* cut(text: string, size: number): AsyncGenerator<Buffer, void, void> {
  const bytes = Buffer.from(text);
  const buffer = Buffer.alloc(size);
  for (let at = 0; at < bytes.length; at += size) {
    yield await Promise.resolve(buffer.subarray(0, bytes.copy(buffer, 0, at)));
  }
}

async function read(text: string, size: number): Promise<Lines[]> {
  const batches: Lines[] = [];
  for await (const lines of wholeLines('x.ndjson', cut(text, size))) batches.push(lines);
  return batches;
}

describe('lines in batches', () => {
  it.each([
    ['short lines', 'ü\n'.repeat(3 * MIB)],
    ['lines that are longer than a batch', `${'a'.repeat(5 * MIB)}\n`.repeat(3)],
    ['a long line between short ones', `a\n${'b'.repeat(9 * MIB)}\nc\nd\n`],
    ['one line', '{}\n'],
    ['nothing', ''],
  ])('are whole, and all there: %s', async (_, text) => {
    for (const size of [MIB, MIB + 1]) {
      const batches = await read(text, size);
      expect(batches.map(({ bytes }) => `${bytes.toString()}\n`).join('') === text).toBe(true);
      for (const { bytes, count } of batches) {
        expect(bytes.toString().split('\n')).toHaveLength(count);
      }
    }
  });

  it('come in batches of a MiB, however many there are', async () => {
    const sizes = (await read('abcdefg\n'.repeat(2 * MIB), MIB)).map(({ bytes }) => bytes.length);
    expect(sizes.length).toBeGreaterThan(2);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(2 * MIB);
  });

  it('are refused when the last one does not end', async () => {
    await expect(read('{}\n{', 2)).rejects.toMatchObject({ code: 'ARCHIVE_ROWS' });
  });
});
