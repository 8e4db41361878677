import pg, { type ClientBase, type Connection, type Submittable } from 'pg';
import { serialize } from 'pg-protocol';
import { StatementTimer } from '#telemetry';
import { isoTimestamp } from './iso-timestamp.js';
import type { Statement } from './statement.js';
import { wireValue, type Value } from './value.js';

const { BOOL, TIMESTAMPTZ }: Readonly<Record<'BOOL' | 'TIMESTAMPTZ', number>> = pg.types.builtins;

/** A column of a result, and how its text is read. */
interface Column {
  readonly name: string;
  readonly read: ((text: string) => unknown) | undefined;
}

/** A row as it comes from PostgreSQL. */
interface DataRow {
  readonly fields: readonly (string | null)[];
  /** Bytes. */
  readonly length: number;
}

/** What the driver's connection does for a query that speaks the protocol itself. */
interface Wire extends Connection {
  readonly parsedStatements: Record<string, string | undefined>;
}

/** The columns of a result, and a row to begin with: rows that have all their members at once are made faster. */
interface Columns {
  readonly list: readonly Column[];
  readonly blank: Readonly<Record<string, null>>;
}

const EXECUTE = Buffer.concat([serialize.execute(), serialize.sync()]);
const DESCRIBE_AND_EXECUTE = Buffer.concat([serialize.describe({ type: 'P' }), EXECUTE]);

/** Before a result is described; no row comes before that. */
const NONE: Columns = { list: [], blank: {} };

/** The columns of the statements that a connection has prepared, by their names. */
const prepared = new WeakMap<object, Map<string, Columns>>();

/** What the types of the driver do not know: a query of one's own can be given a callback. */
interface CallbackClient {
  query<Row extends object>(
    query: TextQuery<Row>,
    values: undefined,
    callback: (error: Error | null) => void,
  ): void;
}

/** What a statement has answered, and the bytes that it took. */
export interface Result<Row extends object> {
  readonly rows: Row[];
  readonly bytes: number;
}

/**
 * Runs a statement. Columns come back as text, timestamps as ISO 8601, booleans as such.
 * @param maxBytes - the row that reaches so many is the last one; should there be more, the connection is closed, for
 *   PostgreSQL cannot be asked to stop
 * @throws what the driver throws
 */
export function runText<Row extends object>(
  client: ClientBase,
  statement: Statement,
  values: readonly Value[],
  maxBytes = Infinity,
): Promise<Result<Row>> {
  return new Promise((resolve, reject) => {
    const query = new TextQuery<Row>(statement, values, maxBytes);
    (client as unknown as CallbackClient).query(query, undefined, (error) => {
      if (error) reject(error);
      else resolve(query);
    });
  });
}

/**
 * A statement on its way through the driver. It does what the driver's own query does and no more: a prepared statement is
 * described once per connection instead of each time, and rows are made of PostgreSQL's text as it comes.
 *
 * Should the columns of a prepared statement change, after a migration, PostgreSQL refuses to run it.
 */
class TextQuery<Row extends object> implements Submittable, Result<Row> {
  /** Set by the driver; without it, nobody waits for the rows. */
  callback: ((error: Error | null) => void) | undefined;
  readonly name: string;
  readonly text: string;
  readonly rows: Row[] = [];
  bytes = 0;
  private isCutOff = false;
  private columns: Columns | undefined;
  private connection: Wire | undefined;
  private readonly timer: StatementTimer;

  constructor(
    statement: Statement,
    private readonly values: readonly Value[],
    private readonly maxBytes: number,
  ) {
    this.name = statement.prepared ? statement.name : '';
    this.text = statement.text;
    this.timer = new StatementTimer(statement.label);
  }

  /** @returns why it cannot be sent */
  submit(connection: Connection): Error | undefined {
    const wire = connection as Wire;
    this.connection = wire;
    const { name, text } = this;
    const known = name === '' ? undefined : wire.parsedStatements[name];
    const isParsed = known !== undefined;
    if (isParsed && known !== text) return new Error(`Two statements are called ${name}.`);
    this.columns = isParsed ? prepared.get(wire)?.get(name) : undefined;
    const messages = [
      ...(isParsed ? [] : [serialize.parse({ name, text })]),
      serialize.bind({ statement: name, values: this.values.map(wireValue) }),
      this.columns ? EXECUTE : DESCRIBE_AND_EXECUTE,
    ];
    // In one piece: a write is a call of the operating system.
    if (wire.stream.writable) wire.stream.write(Buffer.concat(messages));
    return undefined;
  }

  handleRowDescription({ fields }: { readonly fields: readonly pg.FieldDef[] }): void {
    this.columns = {
      list: fields.map(({ name, dataTypeID }) => ({ name, read: readerOf(dataTypeID) })),
      blank: Object.fromEntries(fields.map(({ name }) => [name, null])),
    };
  }

  handleDataRow({ fields, length }: DataRow): void {
    if (this.bytes >= this.maxBytes) {
      this.cutOff();
      return;
    }
    this.bytes += length;
    const { list, blank } = this.columns ?? NONE;
    const row: Record<string, unknown> = { ...blank };
    let index = 0;
    for (const { name, read } of list) {
      const text = fields[index++] ?? null;
      if (text !== null) row[name] = read ? read(text) : text;
    }
    this.rows.push(row as Row);
  }

  handleReadyForQuery(): void {
    this.remember();
    this.timer.end();
    this.callback?.(null);
  }

  handleError(error: Error): void {
    this.timer.end(this.isCutOff ? undefined : nameOf(error));
    this.callback?.(this.isCutOff ? null : error);
  }

  handleCommandComplete(): void {
    // The rows are there; the driver says when the connection is, too.
  }

  handleEmptyQuery(): void {
    // As after any other.
  }

  /** Tells the driver that the connection is lost, which then says so here, and lends it to nobody. */
  private cutOff(): void {
    this.isCutOff = true;
    this.connection?.stream.destroy();
  }

  private remember(): void {
    const { connection, columns, name } = this;
    if (!connection || !columns || name === '') return;
    let known = prepared.get(connection);
    if (!known) prepared.set(connection, (known = new Map<string, Columns>()));
    if (!known.has(name)) known.set(name, columns);
  }
}

/** The SQLSTATE, or what the network calls it. */
function nameOf({ code = 'connection lost' }: NodeJS.ErrnoException): string {
  return code;
}

function readerOf(type: number): Column['read'] {
  if (type === TIMESTAMPTZ) return isoTimestamp;
  return type === BOOL ? isTrue : undefined;
}

function isTrue(text: string): boolean {
  return text === 't';
}
