import { Injectable } from '@nestjs/common';
import { Database } from '#database';
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
import { modelNotFound } from '#model';
import type { ExperimentRow } from '../experiment.types.js';
import { QuotaService } from '../quota/quota.service.js';
import { CREATE_ALL, LARGE } from './experiment-batch.sql.js';

const LIST = 'experiments';

/** A place in the list at which there is no experiment, because there is no model; or, without a place, because it is not permitted. */
type Lost = { readonly [Column in keyof ExperimentRow]: null } & { readonly lost: string | null };

/** Many experiments at once: all of them, or none. */
@Injectable()
export class ExperimentBatchService {
  constructor(
    private readonly database: Database,
    private readonly writes: Writes,
    private readonly quotas: QuotaService,
  ) {}

  /**
   * Records experiments, always new ones, in the order asked for.
   * @throws CodedError that names each one that is wrong
   */
  async create(experiments: Batch, request: WriteRequest): Promise<readonly ExperimentRow[]> {
    const { access } = request.caller;
    const sent = batchValues(experiments);
    const values = [...sent, access.projects('viewer'), access.projects('editor')];
    const rows = await namingLargeRecords(
      LIST,
      () =>
        this.writes.query<ExperimentRow | Lost>(CREATE_ALL, values, request, () =>
          this.quotas.takeForExperiments(() => modelsOf(experiments), access),
        ),
      () => this.database.query<LargeRecord>(LARGE, sent),
    );
    if (rows.every(isMade)) return rows;
    const positions = rows.flatMap((row) => (isMade(row) || row.lost === null ? [] : [row.lost]));
    if (positions.length === 0) throw notPermitted();
    throw modelNotFound(wrongRecords(LIST, positions, 'model_id', 'is no model'));
  }
}

/** The model of each. */
function modelsOf({ text }: Batch): string[] {
  return (JSON.parse(text) as { model_id: string }[]).map(({ model_id: id }) => id);
}

function isMade(row: ExperimentRow | Lost): row is ExperimentRow {
  return row.experiment_id !== null;
}
