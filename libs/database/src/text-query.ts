import pg, { type ClientBase, type Connection, type Submittable } from 'pg';
import { serialize } from 'pg-protocol';
import { rowClass, type RowClass, type StoredColumn } from '#rows';
import { StatementTimer } from '#telemetry';
import { isoTimestamp } from './iso-timestamp.js';
import type { Statement } from './statement.js';
import { wireValue, type Value } from './value.js';
import type { DataRow } from './wire/data-row.js';

const { BOOL, TIMESTAMPTZ }: Readonly<Record<'BOOL' | 'TIMESTAMPTZ', number>> = pg.types.builtins;

/** What the driver's connection does for a query that speaks the protocol itself. */
interface Wire extends Connection {
  readonly parsedStatements: Record<string, string | undefined>;
}

/** The columns of a result, and a row to begin with: rows that have all their members at once are made faster. */
interface Columns {
  readonly list: readonly StoredColumn[];
  readonly blank: Readonly<Record<string, null>>;
}

/** The columns that a class of rows was made for. */
interface StoredAs {
  readonly columns: readonly StoredColumn[];
  readonly Row: RowClass;
}

/** What has no values, without asking what it answers. */
const BIND_AND_RUN = Buffer.concat([serialize.bind(), serialize.execute()]);
const EXECUTE = Buffer.concat([serialize.execute(), serialize.sync()]);
const DESCRIBE_AND_EXECUTE = Buffer.concat([serialize.describe({ type: 'P' }), EXECUTE]);

/** Before a result is described; no row comes before that. */
const NONE: Columns = { list: [], blank: {} };

/** Of statements whose rows are left as they came: shared by all connections, for rows that are alike are read faster. */
const storedAs = new WeakMap<Statement, StoredAs>();

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

/** How an answer is read. */
export interface ReadOptions {
  /**
   * The row that reaches so many is the last one; should there be more, the connection is closed, for PostgreSQL cannot be
   * asked to stop.
   */
  readonly maxBytes?: number | undefined;
  /** The rows are left as they came: a member is read when it is asked for. They cannot be spread. */
  readonly isStored?: boolean;
}

/** How a statement is run. */
interface RunOptions extends ReadOptions {
  /** Run before it in the same round trip and, unless one has begun, in a transaction of the two. */
  readonly settings?: Statement | undefined;
  /** Otherwise no statement gets a name on the connection. */
  readonly preparesStatements?: boolean;
}

/** What a statement has answered, and the bytes that it took. */
export interface Result<Row extends object> {
  readonly rows: Row[];
  readonly bytes: number;
}

/**
 * Runs a statement. Columns come back as text, timestamps as ISO 8601, booleans as such.
 * @throws what the driver throws
 */
export function runText<Row extends object>(
  client: ClientBase,
  statement: Statement,
  values: readonly Value[],
  options: RunOptions = {},
): Promise<Result<Row>> {
  return new Promise((resolve, reject) => {
    const query = new TextQuery<Row>(statement, values, options);
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
  /** The driver notes the name when something was parsed: what comes before the statement has none. */
  name = '';
  readonly text: string;
  readonly rows: Row[] = [];
  bytes = 0;
  private isCutOff = false;
  private readonly statementName: string;
  private readonly settings: Statement | undefined;
  private readonly maxBytes: number;
  private readonly isStored: boolean;
  private columns: Columns | undefined;
  private Stored: RowClass | undefined;
  private connection: Wire | undefined;
  private readonly timer: StatementTimer;
  private areSettingsRunning: boolean;

  constructor(
    private readonly statement: Statement,
    private readonly values: readonly Value[],
    { settings, preparesStatements = true, maxBytes = Infinity, isStored = false }: RunOptions,
  ) {
    this.statementName = statement.prepared && preparesStatements ? statement.name : '';
    this.settings = settings;
    this.areSettingsRunning = settings !== undefined;
    this.maxBytes = maxBytes;
    this.isStored = isStored;
    if (!settings) this.name = this.statementName;
    this.text = statement.text;
    this.timer = new StatementTimer(statement.label);
  }

  /** @returns why it cannot be sent */
  submit(connection: Connection): Error | undefined {
    const wire = connection as Wire;
    this.connection = wire;
    const { statementName: name, text, settings } = this;
    const known = name === '' ? undefined : wire.parsedStatements[name];
    const isParsed = known !== undefined;
    if (isParsed && known !== text) return new Error(`Two statements are called ${name}.`);
    this.columns = isParsed ? prepared.get(wire)?.get(name) : undefined;
    const messages = [
      ...(settings ? [serialize.parse({ text: settings.text }), BIND_AND_RUN] : []),
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

  handleDataRow(message: DataRow): void {
    if (this.areSettingsRunning) return;
    if (this.bytes >= this.maxBytes) {
      this.cutOff();
      return;
    }
    this.bytes += message.length;
    const { list, blank } = this.columns ?? NONE;
    if (this.isStored) {
      const Stored = (this.Stored ??= storedClass(this.statement, list));
      this.rows.push(new Stored(message.source, message.start, message.end) as Row);
      return;
    }
    const { fields } = message;
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

  /** When it was not the settings, the rows are there; the driver says when the connection is, too. */
  handleCommandComplete(): void {
    this.areSettingsRunning = false;
    this.name = this.statementName;
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
    const { connection, columns, statementName: name } = this;
    if (!connection || !columns || name === '') return;
    let named = prepared.get(connection);
    if (!named) prepared.set(connection, (named = new Map<string, Columns>()));
    if (!named.has(name)) named.set(name, columns);
  }
}

function storedClass(statement: Statement, columns: readonly StoredColumn[]): RowClass {
  const known = storedAs.get(statement);
  if (known && areSame(known.columns, columns)) return known.Row;
  const Row = rowClass(columns);
  storedAs.set(statement, { columns, Row });
  return Row;
}

function areSame(some: readonly StoredColumn[], others: readonly StoredColumn[]): boolean {
  const isSame = ({ name, read }: StoredColumn, index: number): boolean =>
    others[index]?.name === name && others[index].read === read;
  return some.length === others.length && some.every(isSame);
}

/** The SQLSTATE, or what the network calls it. */
function nameOf({ code = 'connection lost' }: NodeJS.ErrnoException): string {
  return code;
}

function readerOf(type: number): StoredColumn['read'] {
  if (type === TIMESTAMPTZ) return isoTimestamp;
  return type === BOOL ? isTrue : undefined;
}

function isTrue(text: string): boolean {
  return text === 't';
}
