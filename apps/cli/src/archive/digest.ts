import { createHash } from 'node:crypto';

/** What a file of lines holds. */
export interface Content {
  readonly rows: number;
  readonly bytes: number;
  /** In hexadecimal digits. */
  readonly sha256: string;
}

const NEWLINE = 0x0a;

/** Knows at the end what it was given. */
export class Digest {
  private readonly hash = createHash('sha256');
  private rows = 0;
  private bytes = 0;

  /** @param onRows - is told after each piece how many lines there were so far */
  constructor(private readonly onRows: (rows: number) => void = () => undefined) {}

  add(piece: Buffer): void {
    this.hash.update(piece);
    this.bytes += piece.length;
    this.rows += countLines(piece);
    this.onRows(this.rows);
  }

  content(): Content {
    return { rows: this.rows, bytes: this.bytes, sha256: this.hash.digest('hex') };
  }
}

export function countLines(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) lines += 1;
  return lines;
}
