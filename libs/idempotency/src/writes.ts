import { Injectable } from '@nestjs/common';
import { originValue } from '#audit';
import { Database, type Value } from '#database';
import { CodedError, keyReused } from '#errors';
import type { IdempotencyKey, WriteRequest } from '#http';
import { replays } from '#telemetry';
import type { KeyedRow, RememberedRow, WriteStatement } from './write-statement.js';

/**
 * Runs writes so that a request may be repeated: one with a key that was used before gets the answer that was given then,
 * and nothing is written again.
 *
 * The answer is remembered by the statement that writes, so there is no moment at which one is there without the other.
 * Two requests with one key meet at its unique index: one waits for the other, is undone, and gets its answer.
 */
@Injectable()
export class Writes {
  constructor(private readonly database: Database) {}

  /**
   * @param allow - throws if nothing is to be written: a repetition is answered all the same
   * @returns the rows of the answer: those of the first time, if the request is a repetition
   * @throws CodedError as {@link Database.query} does, and when the key belongs to another request
   */
  async query<Row extends object>(
    statement: WriteStatement,
    given: readonly Value[],
    request: WriteRequest,
    allow?: () => Promise<void>,
  ): Promise<readonly Row[]> {
    const { key, origin } = request;
    const values = [...given, originValue(origin)];
    if (!key) {
      await allow?.();
      return this.database.query<Row>(statement.plain, values);
    }
    let rows: readonly (Row & KeyedRow)[];
    try {
      await allow?.();
      rows = await this.database.query(statement.keyed, [...values, key.text, key.fingerprint]);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return this.repeat(statement, key, request, () => {
        throw error;
      });
    }
    if (rows[0]?.is_remembered) return rows;
    return this.repeat(statement, key, request, () => rows);
  }

  /** The first row, if there is one. */
  async find<Row extends object>(
    statement: WriteStatement,
    values: readonly Value[],
    request: WriteRequest,
    allow?: () => Promise<void>,
  ): Promise<Row | undefined> {
    const [row] = await this.query<Row>(statement, values, request, allow);
    return row;
  }

  /** Answers what was answered under the key; if it is new, nothing was, and what has just come out holds. */
  private async repeat<Row extends object>(
    { remembered }: WriteStatement,
    { text, fingerprint }: IdempotencyKey,
    request: WriteRequest,
    otherwise: () => readonly Row[],
  ): Promise<readonly Row[]> {
    const rows = await this.database.query<Row & RememberedRow>(remembered, [text]);
    if (rows.length === 0) return otherwise();
    if (rows[0]?.key_fingerprint !== fingerprint) throw keyReused();
    request.markReplayed();
    replays.inc();
    return rows;
  }
}

/** A repetition is refused like any other request where the first one has changed what the refusal is about. */
function isRefusal(error: unknown): boolean {
  return error instanceof CodedError && error.kind !== 'unavailable' && error.kind !== 'internal';
}
