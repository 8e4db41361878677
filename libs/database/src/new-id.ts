import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

const RANDOM_BYTES = 16;
/** Asked for at once: a few thousand bytes take the system as long as sixteen. */
const stock = Buffer.alloc(256 * RANDOM_BYTES);
let next = stock.length;

let last = 0;
let sequence = 0;

/** The id of a new record: a UUID of version 7, greater than any that this process has given before. */
export function newId(): string {
  if (next === stock.length) {
    randomFillSync(stock);
    next = 0;
  }
  const random = stock.subarray(next, next + RANDOM_BYTES);
  const now = Date.now();
  if (now > last) {
    last = now;
    // It begins in the lower half: within a millisecond nobody comes to the end of the upper one.
    sequence = stock.readUInt32BE(next) >>> 1;
  } else sequence += 1;
  next += RANDOM_BYTES;
  return v7({ random, msecs: last, seq: sequence });
}
