import { Injectable } from '@nestjs/common';
import { Database, getOrCreate } from '#database';
import type { WriteRequest } from '#http';
import {
  batchValues,
  namingLargeRecords,
  Writes,
  type Batch,
  type LargeRecord,
} from '#idempotency';
import type { ProjectRow } from '../project.types.js';
import { CREATE_ALL, LARGE } from './project-batch.sql.js';

/** A project that is there, but not visible to the statement yet. */
type Hollow = { readonly [Column in keyof ProjectRow]: null };

/** Many projects at once. */
@Injectable()
export class ProjectBatchService {
  constructor(
    private readonly database: Database,
    private readonly writes: Writes,
  ) {}

  /** The live project of each name, in the order asked for; new ones where there are none. */
  create(projects: Batch, request: WriteRequest): Promise<readonly ProjectRow[]> {
    const values = batchValues(projects);
    return getOrCreate(async () => {
      const rows = await namingLargeRecords(
        'projects',
        () => this.writes.query<ProjectRow | Hollow>(CREATE_ALL, values, request),
        () => this.database.query<LargeRecord>(LARGE, values),
      );
      return rows.every(isFound) ? rows : undefined;
    });
  }
}

function isFound(row: ProjectRow | Hollow): row is ProjectRow {
  return row.project_id !== null;
}
