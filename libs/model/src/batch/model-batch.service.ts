import { Injectable } from '@nestjs/common';
import { Database, getOrCreate } from '#database';
import type { WriteRequest } from '#http';
import {
  batchValues,
  namingLargeRecords,
  wrongRecords,
  Writes,
  type Batch,
  type LargeRecord,
} from '#idempotency';
import { projectNotFound } from '#project';
import type { ModelRow } from '../model.types.js';
import { CREATE_ALL, LARGE } from './model-batch.sql.js';

const LIST = 'models';

/** A model that was not made, or is not visible to the statement yet. */
type Hollow = { readonly [Column in keyof ModelRow]: null } & {
  readonly position: string;
  readonly has_project: boolean;
};

/** Many models at once. */
@Injectable()
export class ModelBatchService {
  constructor(
    private readonly database: Database,
    private readonly writes: Writes,
  ) {}

  /** The live model of each name in its project, in the order asked for; new ones where there are none. */
  create(models: Batch, request: WriteRequest): Promise<readonly ModelRow[]> {
    const values = batchValues(models);
    return getOrCreate(async () => {
      const rows = await namingLargeRecords(
        LIST,
        () => this.writes.query<ModelRow | Hollow>(CREATE_ALL, values, request),
        () => this.database.query<LargeRecord>(LARGE, values),
      );
      if (rows.every(isFound)) return rows;
      const lost = rows.filter((row) => !isFound(row) && !row.has_project) as Hollow[];
      if (lost.length === 0) return undefined;
      const positions = lost.map(({ position }) => position);
      throw projectNotFound(wrongRecords(LIST, positions, 'project_id', 'is no project'));
    });
  }
}

function isFound(row: ModelRow | Hollow): row is ModelRow {
  return row.model_id !== null;
}
