import { CodedError } from '#errors';

/** How errors name the text that was parsed. */
export interface Origin {
  /** The field that the text was sent in: `where`. */
  readonly path: string;
  /** The code of errors: `INVALID_FILTER`. */
  readonly code: string;
}

/** A place in a text, from 1; columns are code points. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** What is wrong, in the words of one sentence: `expected … at line 1, column 5, but …: hint`. */
export interface Problem {
  readonly expected: string;
  readonly offset: number;
  /** `found "AND"`, or whatever else follows "but". */
  readonly but: string;
  readonly hint?: string | undefined;
}

/** A text that is parsed, its places and its errors. */
export class Source {
  private line = 1;
  private column = 1;
  private offset = 0;

  constructor(
    readonly text: string,
    private readonly origin: Origin,
  ) {}

  /**
   * Places are asked for in reading order: it walks on from the last one, so that all together cost one walk over the
   * text.
   */
  place(offset: number): Place {
    while (this.offset < offset) this.step();
    return { line: this.line, column: this.column };
  }

  /** The error that a client sees. */
  error({ expected, offset, but, hint }: Problem): CodedError {
    const { line, column } = this.place(offset);
    const place = `at line ${String(line)}, column ${String(column)}`;
    const message = `expected ${expected} ${place}, but ${but}${hint ? `: ${hint}` : ''}`;
    const { path, code } = this.origin;
    return new CodedError({
      kind: 'invalid',
      code,
      detail: `${path}: ${message}.`,
      fields: [{ path, message }],
    });
  }

  private step(): void {
    const codePoint = this.text.codePointAt(this.offset) ?? 0;
    const next = this.text[this.offset + 1];
    this.offset += codePoint > 0xffff ? 2 : 1;
    const character = String.fromCodePoint(codePoint);
    // "\r\n" is one line break: the "\n" makes it.
    if (character === '\n' || (character === '\r' && next !== '\n')) {
      this.line += 1;
      this.column = 1;
    } else this.column += 1;
  }
}
