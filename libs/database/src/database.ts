import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { retrying } from './errors/retry.js';
import { translateError } from './errors/translate-error.js';
import type { Statement } from './statement.js';
import { TextQuery, type Value } from './text-query.js';
import { runTransaction } from './transaction.js';

interface CallbackPool {
  query<Row extends object>(
    query: TextQuery<Row>,
    values: undefined,
    callback: (error: Error | undefined, rows: Row[]) => void,
  ): void;
}

/**
 * Runs statements on TypeORM's connection pool. Columns come back as text, timestamps as ISO 8601, booleans
 * as such: nothing is parsed that a client would only have serialised again.
 */
@Injectable()
export class Database {
  private readonly pool: Pool;

  constructor(@InjectDataSource() dataSource: DataSource) {
    this.pool = (dataSource.driver as unknown as { master: Pool }).master;
  }

  /**
   * @returns all rows
   * @throws CodedError when the database is away, a value cannot be stored, or a constraint the statement knows is broken
   */
  async query<Row extends object>(statement: Statement, values: readonly Value[]): Promise<Row[]> {
    try {
      return await retrying(() => this.attempt<Row>(statement, values));
    } catch (error) {
      throw translateError(error, statement);
    }
  }

  /** The first row, if there is one. */
  async find<Row extends object>(
    statement: Statement,
    values: readonly Value[],
  ): Promise<Row | undefined> {
    const [row] = await this.query<Row>(statement, values);
    return row;
  }

  /**
   * Runs statements in this order in one transaction, each with the same values. Each sees what others committed before it
   * began: after a statement that locks rows, the next ones see what it may have waited for.
   * @throws CodedError as {@link query} does
   */
  async transaction(statements: readonly Statement[], values: readonly Value[]): Promise<void> {
    await runTransaction(this.pool, statements, values as Value[]);
  }

  private attempt<Row extends object>(
    statement: Statement,
    values: readonly Value[],
  ): Promise<Row[]> {
    return new Promise((resolve, reject) => {
      const query = new TextQuery<Row>(statement, values);
      // The types of the driver do not know that a query of one's own can be given a callback.
      (this.pool as unknown as CallbackPool).query(query, undefined, (error, rows) => {
        if (error) reject(error);
        else resolve(rows);
      });
    });
  }
}
