import type { ClientBase } from 'pg';
import type { Database } from './database.js';
import { translateError } from './errors/translate-error.js';
import type { Statement } from './statement.js';
import { runText } from './text-query.js';
import type { Value } from './value.js';

/** What most of those need who run statements. */
export type Queries = Pick<Database, 'query' | 'find'>;

/**
 * Runs statements on a connection of the caller's, so within its transaction if it has begun one. Nothing is tried again:
 * what has failed has ended that transaction.
 */
export function onConnection(client: ClientBase): Queries {
  const query = async <Row extends object>(
    statement: Statement,
    values: readonly Value[],
  ): Promise<Row[]> => {
    try {
      return (await runText<Row>(client, statement, values)).rows;
    } catch (error) {
      throw translateError(error, statement);
    }
  };
  return {
    query,
    find: async <Row extends object>(statement: Statement, values: readonly Value[]) => {
      const [row] = await query<Row>(statement, values);
      return row;
    },
  };
}
