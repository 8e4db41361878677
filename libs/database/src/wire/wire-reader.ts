import { EventEmitter } from 'node:events';
import { parse } from 'pg-protocol';
import { DataRow } from './data-row.js';

/** What PostgreSQL says, as the driver knows it. */
export type Message = { readonly name: string } | DataRow;

/** A message is one byte that says what it is, its length without that byte, and what it says. */
const HEADER_BYTES = 5;
const DATA_ROW = 'D'.charCodeAt(0);
const NOTHING = Buffer.alloc(0);

/**
 * Takes what PostgreSQL sends apart into messages. All but rows are left to the driver's parser; rows stay as they are, in the
 * bytes in which they came. Those are not used for anything else afterwards.
 */
export class WireReader {
  /** What the driver's parser listens to. */
  private readonly others = new EventEmitter();
  /** The beginning of a message whose end has not come, in the pieces in which it came. */
  private pieces: Buffer[] = [];
  private held = 0;
  /** How many bytes it takes until there is something to read. */
  private wanted = HEADER_BYTES;

  constructor(private readonly tell: (message: Message) => void) {
    void parse(this.others as NodeJS.ReadableStream, tell);
  }

  read(piece: Buffer): void {
    if (this.held === 0) {
      this.keep(piece, this.readWhole(piece));
      return;
    }
    this.pieces.push(piece);
    this.held += piece.length;
    if (this.held < this.wanted) return;
    const all = Buffer.concat(this.pieces, this.held);
    this.keep(all, this.readWhole(all));
  }

  /** @returns where the first message begins that has not ended */
  private readWhole(bytes: Buffer): number {
    let at = 0;
    // What is not a row goes to the parser in as few pieces as possible.
    let others = 0;
    while (at + HEADER_BYTES <= bytes.length) {
      const end = at + 1 + bytes.readUInt32BE(at + 1);
      if (end > bytes.length) break;
      if (bytes[at] === DATA_ROW) {
        this.parse(bytes, others, at);
        this.tell(new DataRow(bytes, at + HEADER_BYTES, end));
        others = end;
      }
      at = end;
    }
    this.parse(bytes, others, at);
    return at;
  }

  private parse(bytes: Buffer, start: number, end: number): void {
    if (start < end) this.others.emit('data', bytes.subarray(start, end));
  }

  private keep(bytes: Buffer, from: number): void {
    const rest = from === bytes.length ? NOTHING : bytes.subarray(from);
    this.pieces = rest.length === 0 ? [] : [rest];
    this.held = rest.length;
    this.wanted = rest.length < HEADER_BYTES ? HEADER_BYTES : 1 + rest.readUInt32BE(1);
  }
}
