import { ArchiveError } from './archive-error.js';
import { countLines } from './digest.js';

/** Enough that the round trip does not count. */
const BATCH_BYTES = 1024 * 1024;
/** No `jsonb` is larger, and no row has much beside one. */
const MAX_LINE_BYTES = 512 * 1024 * 1024;

/** Lines, without the end of the last one. */
export interface Lines {
  readonly bytes: Buffer;
  readonly count: number;
}

/**
 * Cuts a file into batches of whole lines.
 * @param name - of the file
 * @param pieces - of which none is kept: they may be written over
 * @throws ArchiveError when the last line does not end, or one is too long to be a row
 */
export async function* wholeLines(
  name: string,
  pieces: AsyncIterable<Buffer>,
): AsyncGenerator<Lines, void, void> {
  let held: Buffer[] = [];
  let length = 0;
  for await (const piece of pieces) {
    const end = length + piece.length >= BATCH_BYTES ? piece.lastIndexOf('\n') : -1;
    if (end < 0) {
      held.push(Buffer.from(piece));
      length += piece.length;
      if (length > MAX_LINE_BYTES)
        throw new ArchiveError('ARCHIVE_ROWS', `${name} has a line that is too long.`);
      continue;
    }
    yield linesOf([...held, piece.subarray(0, end)]);
    held = [Buffer.from(piece.subarray(end + 1))];
    length = piece.length - end - 1;
  }
  if (length === 0) return;
  const rest = Buffer.concat(held);
  if (rest.at(-1) !== 0x0a)
    throw new ArchiveError('ARCHIVE_ROWS', `${name} ends in the middle of a line.`);
  yield linesOf([rest.subarray(0, -1)]);
}

function linesOf(pieces: readonly Buffer[]): Lines {
  const bytes = Buffer.concat(pieces);
  return { bytes, count: countLines(bytes) + 1 };
}
