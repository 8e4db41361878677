import { columnsOf, findFields, sizeOf, sourceOf, type StoredColumn, type StoredRow } from '#rows';
import { ByteBuffer } from './byte-buffer.js';
import type { ColumnKind } from './column-kind.js';

/** A member of the object that a row becomes: where its value stands among those of the row, and what stands before it. */
interface Member {
  readonly column: string;
  readonly kind: ColumnKind;
  /** Of the places of the fields: of its beginning. -1 when the result does not have the column. */
  readonly place: number;
  readonly prefix: Buffer;
}

/** How the rows of a result are written. */
interface Plan {
  readonly members: readonly Member[];
  readonly places: Int32Array;
  /** Bytes that a row takes at most beyond its values, if nothing in them has to be escaped. */
  readonly overhead: number;
}

/** Quotes, and what a time is longer in JSON than in PostgreSQL. */
const VALUE_OVERHEAD = 10;
const [OPEN, CLOSE, COMMA] = ['[', ']', ','].map((text) => text.charCodeAt(0)) as [
  number,
  number,
  number,
];

/**
 * Writes rows as JSON, straight from the bytes in which PostgreSQL has sent them to those that are sent on: both are UTF-8, so
 * only what JSON has to escape is looked at. The same as reading each value as a text, writing that as JSON and encoding it,
 * which takes several times as long.
 */
export class JsonBytes {
  private readonly plans = new WeakMap<readonly StoredColumn[], Plan>();

  constructor(private readonly columns: Readonly<Record<string, ColumnKind>>) {}

  /** The rows of one result as an array. */
  array(rows: readonly [StoredRow, ...StoredRow[]]): Buffer {
    const plan = this.planOf(columnsOf(rows[0]));
    const out = new ByteBuffer(sizeOfAll(rows) + rows.length * plan.overhead + 2);
    let before = OPEN;
    for (const row of rows) {
      out.byte(before);
      writeRow(row, plan, out);
      before = COMMA;
    }
    out.byte(CLOSE);
    return out.taken();
  }

  private planOf(columns: readonly StoredColumn[]): Plan {
    let plan = this.plans.get(columns);
    if (!plan) this.plans.set(columns, (plan = planFor(this.columns, columns)));
    return plan;
  }
}

function planFor(
  wanted: Readonly<Record<string, ColumnKind>>,
  columns: readonly StoredColumn[],
): Plan {
  const names = columns.map(({ name }) => name);
  const members = Object.entries(wanted).map(([column, kind], index) => ({
    ...{ column, kind, place: Math.max(2 * names.lastIndexOf(column), -1) },
    prefix: Buffer.from(`${index === 0 ? '{' : ','}${JSON.stringify(column)}:`),
  }));
  const fixed = members.reduce((sum, { prefix }) => sum + prefix.length + VALUE_OVERHEAD, 2);
  return { members, places: new Int32Array(2 * names.length), overhead: fixed };
}

function sizeOfAll(rows: readonly StoredRow[]): number {
  return rows.reduce((sum, row) => sum + sizeOf(row), 0);
}

function writeRow(row: StoredRow, { members, places }: Plan, out: ByteBuffer): void {
  const source = sourceOf(row);
  findFields(row, places);
  for (const { column, kind, place, prefix } of members) {
    out.bytes(prefix, 0, prefix.length);
    const start = places[place] ?? -1;
    const end = places[place + 1] ?? -1;
    if (start < 0) out.nothing();
    else if (kind === 'json') out.bytes(source, start, end);
    else if (kind === 'text') out.quoted(source, start, end);
    else if (kind === 'number') out.number(source, start, end);
    else if (!out.time(source, start, end)) {
      out.text(`"${String((row as unknown as Readonly<Record<string, unknown>>)[column])}"`);
    }
  }
  out.end();
}
