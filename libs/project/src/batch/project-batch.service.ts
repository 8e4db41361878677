import { Injectable } from '@nestjs/common';
import { Database, getOrCreate, type Value } from '#database';
import { notPermitted } from '#errors';
import { grantee, type WriteRequest } from '#http';
import {
  batchValues,
  namingLargeRecords,
  Writes,
  type Batch,
  type LargeRecord,
} from '#idempotency';
import type { ProjectRow } from '../project.types.js';
import { CREATE_ALL, FIND_ALL, LARGE } from './project-batch.sql.js';

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
  async create(projects: Batch, request: WriteRequest): Promise<readonly ProjectRow[]> {
    const { caller } = request;
    const values = batchValues(projects);
    const own = caller.access.projects('editor');
    if (own !== null) return this.findOwn([...values, own]);
    return getOrCreate(async () => {
      const rows = await namingLargeRecords(
        'projects',
        () =>
          this.writes.query<ProjectRow | Hollow>(CREATE_ALL, [...values, grantee(caller)], request),
        () => this.database.query<LargeRecord>(LARGE, values),
      );
      return rows.every(isFound) ? rows : undefined;
    });
  }

  /** For those who may not make projects: ones that they may write to. */
  private async findOwn(values: readonly Value[]): Promise<readonly ProjectRow[]> {
    const rows = await this.database.query<ProjectRow | Hollow>(FIND_ALL, values);
    if (!rows.every(isFound)) throw notPermitted();
    return rows;
  }
}

function isFound(row: ProjectRow | Hollow): row is ProjectRow {
  return row.project_id !== null;
}
