import { Injectable } from '@nestjs/common';
import { Database, type Value } from '#database';
import { CodedError, type FieldError } from '#errors';
import type { WriteRequest } from '#http';
import { batchValues, wrongRecords, Writes, type Batch } from '#idempotency';
import { modelNotFound } from '#model';
import type { ExperimentRow } from '../experiment.types.js';
import { CREATE_ALL, TOO_LARGE } from './experiment-batch.sql.js';

const LIST = 'experiments';

/** A place in the list at which there is no experiment, because there is no model. */
type Lost = { readonly [Column in keyof ExperimentRow]: null } & { readonly lost: string };

/** Many experiments at once: all of them, or none. */
@Injectable()
export class ExperimentBatchService {
  constructor(
    private readonly database: Database,
    private readonly writes: Writes,
  ) {}

  /**
   * Records experiments, always new ones, in the order asked for.
   * @throws CodedError that names each one that is wrong
   */
  async create(experiments: Batch, request: WriteRequest): Promise<readonly ExperimentRow[]> {
    const values = batchValues(experiments);
    const rows = await this.write(values, request);
    if (rows.every(isMade)) return rows;
    const positions = rows.flatMap((row) => (isMade(row) ? [] : [row.lost]));
    throw modelNotFound(wrongRecords(LIST, positions, 'model_id', 'is no model'));
  }

  private async write(
    values: readonly Value[],
    request: WriteRequest,
  ): Promise<readonly (ExperimentRow | Lost)[]> {
    try {
      return await this.writes.query(CREATE_ALL, values, request);
    } catch (error) {
      if (!(error instanceof CodedError) || error.kind !== 'too_large') throw error;
      const { kind, code, message: detail } = error;
      throw new CodedError({ kind, code, detail, fields: await this.largeOnes(values) });
    }
  }

  /** PostgreSQL tells that one is too large, but not which. */
  private async largeOnes(values: readonly Value[]): Promise<FieldError[]> {
    const rows = await this.database.query<{ position: string; has_large_tags: boolean | null }>(
      TOO_LARGE,
      values,
    );
    return rows.map(({ position, has_large_tags: hasLargeTags }) => ({
      path: `${LIST}[${String(Number(position) - 1)}]${hasLargeTags ? '.tags' : ''}`,
      message: hasLargeTags ? 'take more than 64 KiB' : 'takes more than 16 MiB',
    }));
  }
}

function isMade(row: ExperimentRow | Lost): row is ExperimentRow {
  return row.experiment_id !== null;
}
