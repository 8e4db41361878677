import { createHmac, timingSafeEqual } from 'node:crypto';
import { CodedError } from '#errors';

const SEAL_BYTES = 16;

/** Where a page ended: what the next one needs to start there. */
export type Place = readonly (string | number | null)[];

/**
 * Turns places in lists into opaque cursors and back. A cursor is sealed together with the question it belongs to, so it
 * cannot be made up, changed, or used for another question. It holds all that is needed: nothing is kept for it.
 */
export class CursorSealer {
  /** @param key - a secret that every replica of the service shares */
  constructor(private readonly key: Buffer) {}

  /** @param question - everything that decides what the list is and how it is ordered */
  seal(question: string, place: Place): string {
    const text = Buffer.from(JSON.stringify(place));
    return Buffer.concat([this.sealOf(question, text), text]).toString('base64url');
  }

  /** @throws CodedError `INVALID_CURSOR` when it was not given out for this question */
  open(question: string, cursor: string): Place {
    const bytes = Buffer.from(cursor, 'base64url');
    const [seal, text] = [bytes.subarray(0, SEAL_BYTES), bytes.subarray(SEAL_BYTES)];
    const isOurs =
      seal.length === SEAL_BYTES &&
      timingSafeEqual(seal, this.sealOf(question, text)) &&
      // Other spellings decode to the same bytes; only the one that was given out counts.
      bytes.toString('base64url') === cursor;
    if (!isOurs) throw invalidCursor();
    return JSON.parse(text.toString()) as Place;
  }

  private sealOf(question: string, text: Buffer): Buffer {
    const hmac = createHmac('sha256', this.key);
    hmac.update(`${String(Buffer.byteLength(question))}:${question}`).update(text);
    return hmac.digest().subarray(0, SEAL_BYTES);
  }
}

/** The cursor was changed, made up, or belongs to another question. */
export function invalidCursor(): CodedError {
  const message = 'is not a cursor of this list: it was changed, or given out for another request';
  return new CodedError({
    kind: 'invalid',
    code: 'INVALID_CURSOR',
    detail: `cursor ${message}.`,
    fields: [{ path: 'cursor', message }],
  });
}
