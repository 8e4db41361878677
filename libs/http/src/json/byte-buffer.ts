/** Up to so many bytes a loop is faster than asking for a copy. */
const FEW = 96;

const code = (character: string): number => character.charCodeAt(0);
const QUOTE = code('"');
const BACKSLASH = code('\\');
const FIRST_PLAIN = 0x20;
const ZERO = code('0');
const NINE = code('9');
const MINUS = code('-');
const PLUS = code('+');
const DOT = code('.');
const NULL = Buffer.from('null');

/** `2026-01-02 03:04:05.880000+00`, which may lack zeros at the end, and the point with them. */
const DATE_LENGTH = 10;
const ZONE_LENGTH = 3;
const LONGEST = 29;
const WITHOUT_FRACTION = 22;

/** JSON as bytes, in the making. Values are given as the bytes of another buffer, from `start` to before `end`. */
export class ByteBuffer {
  private buffer: Buffer;
  private length = 0;

  /** @param size - bytes that it will need if nothing has to be escaped */
  constructor(size: number) {
    this.buffer = Buffer.allocUnsafe(size);
  }

  byte(value: number): void {
    this.reserve(1);
    this.buffer[this.length++] = value;
  }

  /** As they are. */
  bytes(source: Buffer, start: number, end: number): void {
    const size = end - start;
    this.reserve(size);
    const { buffer, length } = this;
    if (size > FEW) source.copy(buffer, length, start, end);
    else
      for (let index = 0; index < size; index += 1)
        buffer[length + index] = source[start + index] ?? 0;
    this.length += size;
  }

  nothing(): void {
    this.bytes(NULL, 0, NULL.length);
  }

  end(): void {
    this.byte(code('}'));
  }

  text(text: string): void {
    const size = Buffer.byteLength(text);
    this.reserve(size);
    this.length += this.buffer.write(text, this.length);
  }

  /** A text in quotes. One in which something has to be escaped, which is rare, is read for that. */
  quoted(source: Buffer, start: number, end: number): void {
    this.reserve(end - start + 2);
    const { buffer } = this;
    let to = this.length;
    buffer[to++] = QUOTE;
    for (let from = start; from < end; from += 1) {
      const byte = source[from] ?? 0;
      if (byte < FIRST_PLAIN || byte === QUOTE || byte === BACKSLASH) {
        this.text(JSON.stringify(source.toString('utf8', start, end)));
        return;
      }
      buffer[to++] = byte;
    }
    buffer[to++] = QUOTE;
    this.length = to;
  }

  /** A number as PostgreSQL writes it: in quotes when it is not finite. */
  number(source: Buffer, start: number, end: number): void {
    const first = source[start] === MINUS ? start + 1 : start;
    const digit = source[first] ?? 0;
    if (digit >= ZERO && digit <= NINE) this.bytes(source, start, end);
    else this.quoted(source, start, end);
  }

  /**
   * A time as PostgreSQL writes it in UTC, as ISO 8601 with six digits behind the seconds, in quotes.
   * @returns whether it is one that ISO 8601 can write; if not, nothing was written
   */
  time(source: Buffer, start: number, end: number): boolean {
    const size = end - start;
    const zone = end - ZONE_LENGTH;
    const isUsual =
      size <= LONGEST &&
      size >= WITHOUT_FRACTION &&
      source[start + DATE_LENGTH] === FIRST_PLAIN &&
      source[zone] === PLUS &&
      source[zone + 1] === ZERO &&
      source[zone + 2] === ZERO;
    if (!isUsual) return false;
    this.byte(QUOTE);
    this.bytes(source, start, start + DATE_LENGTH);
    this.byte(code('T'));
    this.bytes(source, start + DATE_LENGTH + 1, zone);
    if (size === WITHOUT_FRACTION) this.byte(DOT);
    const missing = size === WITHOUT_FRACTION ? 6 : LONGEST - size;
    for (let digit = 0; digit < missing; digit += 1) this.byte(ZERO);
    this.byte(code('Z'));
    this.byte(QUOTE);
    return true;
  }

  /** All of it; it is not to be used afterwards. */
  taken(): Buffer {
    return this.buffer.subarray(0, this.length);
  }

  private reserve(bytes: number): void {
    const needed = this.length + bytes;
    if (needed <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.buffer.length));
    this.buffer.copy(larger, 0, 0, this.length);
    this.buffer = larger;
  }
}
