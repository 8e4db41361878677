import { Injectable } from '@nestjs/common';
import { Database, getOrCreate } from '#database';
import { notPermitted } from '#errors';
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
  readonly may_write: boolean | null;
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
    const { access } = request.caller;
    const sent = batchValues(models);
    const values = [...sent, access.projects('viewer'), access.projects('editor')];
    return getOrCreate(async () => {
      const rows = await namingLargeRecords(
        LIST,
        () => this.writes.query<ModelRow | Hollow>(CREATE_ALL, values, request),
        () => this.database.query<LargeRecord>(LARGE, sent),
      );
      if (rows.every(isFound)) return rows;
      const hollow = rows.filter((row) => row.model_id === null);
      const lost = hollow.filter((row) => !row.has_project);
      if (lost.length === 0) {
        if (hollow.some((row) => !row.may_write)) throw notPermitted();
        return undefined;
      }
      const positions = lost.map(({ position }) => position);
      throw projectNotFound(wrongRecords(LIST, positions, 'project_id', 'is no project'));
    });
  }
}

function isFound(row: ModelRow | Hollow): row is ModelRow {
  return row.model_id !== null;
}
