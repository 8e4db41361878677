import { Injectable } from '@nestjs/common';
import { CodedError } from '#errors';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Database } from './database.js';
import { DATABASE_TIMEOUT } from './errors/translate-error.js';
import type { Result } from './text-query.js';

/** The name of the connection pool for searches. */
export const SEARCHES = 'searches';

/**
 * Runs what users make up: searches, rankings, statistics. They have connections of their own and a shorter time limit,
 * so that no question, however hard, keeps records from being written.
 */
@Injectable()
export class SearchDatabase extends Database {
  constructor(@InjectDataSource(SEARCHES) dataSource: DataSource) {
    super(dataSource);
  }

  override async page<Row extends object>(
    ...asked: Parameters<Database['page']>
  ): Promise<Result<Row>> {
    try {
      return await super.page<Row>(...asked);
    } catch (error) {
      if (error instanceof CodedError && error.code === DATABASE_TIMEOUT)
        throw searchTooSlow(error);
      throw error;
    }
  }
}

/** No index could serve the question, and reading everything would take too long. */
export function searchTooSlow(cause?: unknown): CodedError {
  return new CodedError({
    kind: 'unavailable',
    code: 'SEARCH_TOO_SLOW',
    detail:
      'The search took too long and was stopped. Narrow it: give a model_id or a project_id, compare an evaluation ' +
      'with a number, or a parameter or a tag by "=" or IN; leave "count" out.',
    retryAfter: 5,
    cause,
  });
}
