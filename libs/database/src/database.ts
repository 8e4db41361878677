import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Connections, type PoolLoad } from './connections.js';
import { retrying } from './errors/retry.js';
import { translateError } from './errors/translate-error.js';
import type { Statement } from './statement.js';
import { runHolding } from './holding.js';
import type { ReadOptions, Result } from './text-query.js';
import { runTransaction } from './transaction.js';
import type { Value } from './value.js';

/**
 * Runs statements on TypeORM's connection pool. Columns come back as text, timestamps as ISO 8601, booleans
 * as such: nothing is parsed that a client would only have serialised again.
 */
@Injectable()
export class Database {
  private readonly connections: Connections;

  constructor(@InjectDataSource() dataSource: DataSource) {
    this.connections = new Connections(dataSource);
  }

  /** How much its connections have to do. */
  get load(): PoolLoad {
    return this.connections.load;
  }

  /** How much waits for a connection. */
  get waiting(): number {
    return this.connections.waiting;
  }

  /** Whether it has as much to do as may wait for it: what is more is refused. */
  get isFull(): boolean {
    return this.connections.isFull;
  }

  /**
   * @returns all rows
   * @throws CodedError when the database is away or busy, a value cannot be stored, or a constraint the statement knows is broken
   */
  async query<Row extends object>(statement: Statement, values: readonly Value[]): Promise<Row[]> {
    return (await this.page<Row>(statement, values)).rows;
  }

  /**
   * As {@link query}, and says how many bytes the answer takes. A limit of them is meant for what nearly always takes less:
   * otherwise it costs the connection.
   */
  async page<Row extends object>(
    statement: Statement,
    values: readonly Value[],
    options: ReadOptions = {},
  ): Promise<Result<Row>> {
    const { connections } = this;
    try {
      return await retrying(
        () => connections.use((client) => connections.run<Row>(client, statement, values, options)),
        connections.attempts,
      );
    } catch (error) {
      throw translateError(error, statement);
    }
  }

  /** The first row, if there is one. */
  async find<Row extends object>(
    statement: Statement,
    values: readonly Value[],
  ): Promise<Row | undefined> {
    const { rows } = await this.page<Row>(statement, values);
    return rows[0];
  }

  /**
   * Does work on other connections while the locks that `lock` takes are held, if it finds a row; `last` ends that
   * transaction. When the work fails, nothing is left of the two, but what was done on the other connections is.
   * @returns the row that `lock` has found
   * @throws CodedError as {@link query} does, and whatever the work throws
   */
  async holding<Row extends object>(
    lock: Statement,
    last: Statement,
    values: readonly Value[],
    work: (row: Row) => Promise<void>,
  ): Promise<Row | undefined> {
    return runHolding<Row>(this.connections, { lock, last }, values, work);
  }

  /**
   * Runs statements in this order in one transaction, each with the same values. Each sees what others committed before it
   * began: after a statement that locks rows, the next ones see what it may have waited for.
   * @throws CodedError as {@link query} does
   */
  async transaction(statements: readonly Statement[], values: readonly Value[]): Promise<void> {
    await runTransaction(this.connections, statements, values as Value[]);
  }
}
