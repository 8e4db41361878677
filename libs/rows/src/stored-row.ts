/** A column of a result, and how its text is read: unless it says so, as it is. */
export interface StoredColumn {
  readonly name: string;
  readonly read: ((text: string) => unknown) | undefined;
}

/** Makes rows of a result out of the bytes in which they stand, from `start` to before `end`. */
export type RowClass = new (source: Buffer, start: number, end: number) => StoredRow;

const SOURCE = Symbol('source');
const START = Symbol('start');
const END = Symbol('end');

/** Before the values of a row there is how many they are, before each its length; both most significant byte first. */
const COUNT_BYTES = 2;
const LENGTH_BYTES = 4;

/**
 * A row as PostgreSQL has sent it. Its columns are its members, like those of any other row, but a value is read at the moment
 * somebody asks for it: mostly nobody does, for a row that becomes JSON is copied byte by byte.
 */
export abstract class StoredRow {
  readonly [SOURCE]: Buffer;
  readonly [START]: number;
  readonly [END]: number;

  constructor(source: Buffer, start: number, end: number) {
    this[SOURCE] = source;
    this[START] = start;
    this[END] = end;
  }
}

const columnsOfClass = new WeakMap<object, readonly StoredColumn[]>();

/** The class of rows with these columns. Of two with the same name the last one counts, as in a row of the driver's. */
export function rowClass(columns: readonly StoredColumn[]): RowClass {
  class Row extends StoredRow {}
  for (const [index, { name, read }] of columns.entries()) {
    Object.defineProperty(Row.prototype, name, {
      configurable: true,
      enumerable: true,
      get(this: StoredRow): unknown {
        const text = textOf(this, index);
        return text === null || !read ? text : read(text);
      },
    });
  }
  columnsOfClass.set(Row.prototype, columns);
  return Row;
}

/** Whether it is a row as PostgreSQL has sent it. */
export function isStored(row: unknown): row is StoredRow {
  return row instanceof StoredRow;
}

/** Its columns, in the order of their values. Rows of one statement on one connection share the list. */
export function columnsOf(row: StoredRow): readonly StoredColumn[] {
  return columnsOfClass.get(Object.getPrototypeOf(row) as object) ?? [];
}

/** The bytes in which its values stand, among others. */
export function sourceOf(row: StoredRow): Buffer {
  return row[SOURCE];
}

/** How many bytes it takes. */
export function sizeOf(row: StoredRow): number {
  return row[END] - row[START];
}

/**
 * Finds the values of a row in its bytes.
 * @param places - is filled: for each column where its value begins and where it has ended, -1 for both when it is null
 */
export function findFields(row: StoredRow, places: Int32Array): void {
  const source = row[SOURCE];
  let at = row[START] + COUNT_BYTES;
  for (let index = 0; index < places.length; index += 2) {
    const length = lengthAt(source, at);
    at += LENGTH_BYTES;
    const end = at + Math.max(length, 0);
    places[index] = length < 0 ? -1 : at;
    places[index + 1] = length < 0 ? -1 : end;
    at = end;
  }
}

function textOf(row: StoredRow, index: number): string | null {
  const source = row[SOURCE];
  let at = row[START] + COUNT_BYTES;
  for (let before = 0; before < index; before += 1) {
    at += LENGTH_BYTES + Math.max(lengthAt(source, at), 0);
  }
  const length = lengthAt(source, at);
  at += LENGTH_BYTES;
  return length < 0 ? null : source.toString('utf8', at, at + length);
}

/** Negative for null. */
function lengthAt(source: Buffer, at: number): number {
  return source.readInt32BE(at);
}
