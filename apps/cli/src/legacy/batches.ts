/** Enough that the round trip does not count. */
const MAX_ROWS = 1000;
/** Large documents take as little memory as small ones. */
const MAX_CHARACTERS = 4 * 1024 * 1024;

/** Rows in lists of which each is one statement's work. */
export class Batch<Row> {
  private rows: Row[] = [];
  private characters = 0;

  /** @returns whether it is full */
  add(row: Row, characters: number): boolean {
    this.rows.push(row);
    this.characters += characters;
    return this.rows.length >= MAX_ROWS || this.characters >= MAX_CHARACTERS;
  }

  /** All rows; it is empty then. */
  take(): Row[] {
    const { rows } = this;
    this.rows = [];
    this.characters = 0;
    return rows;
  }
}
