import { Injectable } from '@nestjs/common';
import { Database, type Value } from '#database';
import type { WriteRequest } from '#http';
import { refuseChange, Writes } from '#idempotency';
import { modelDeleted, modelNotFound } from '#model';
import { ListReader, type List, type ListRequest } from '#paging';
import { projectDeleted } from '#project';
import { v7 as uuidv7 } from 'uuid';
import { EXPERIMENTS } from './experiment-list.js';
import { experimentNotFound } from './experiment.errors.js';
import * as sql from './experiment.sql.js';
import { FilteredListService } from './search/filtered-list.service.js';
import type {
  ExperimentChanges,
  ExperimentRow,
  ExperimentScope,
  MergedDocument,
  NewExperiment,
} from './experiment.types.js';

/** What a restore finds when a parent stands in the way. */
type Refused = { readonly [Column in keyof ExperimentRow]: null } & {
  readonly project_deleted: boolean;
};

/** Experiments: recorded, grown by merging, listed, changed, deleted and brought back. */
@Injectable()
export class ExperimentService {
  constructor(
    private readonly database: Database,
    private readonly writes: Writes,
    private readonly lists: ListReader,
    private readonly filteredLists: FilteredListService,
  ) {}

  /** Records an experiment: always a new one. */
  async create(experiment: NewExperiment, request: WriteRequest): Promise<ExperimentRow> {
    const values = [
      uuidv7(),
      experiment.modelId,
      experiment.modelVersionId,
      experiment.experimentName,
      experiment.description,
      experiment.parameters,
      experiment.trainingDataset,
      experiment.validationDataset,
      experiment.testDataset,
      experiment.evaluations,
      experiment.artifactFilePaths,
      experiment.tags,
    ];
    const row = await this.writes.find<ExperimentRow>(sql.CREATE, values, request);
    if (!row) throw modelNotFound();
    return row;
  }

  async get(experimentId: string): Promise<ExperimentRow> {
    return found(await this.database.find<ExperimentRow>(sql.BY_ID, [experimentId]));
  }

  /** The newest experiment of that version id. */
  async getByModelVersion(modelVersionId: string): Promise<ExperimentRow> {
    return found(await this.database.find<ExperimentRow>(sql.BY_VERSION, [modelVersionId]));
  }

  /** The live experiments of the scope, page by page. */
  list(scope: ExperimentScope, request: ListRequest): Promise<List<ExperimentRow>> {
    const { where } = request;
    if (where !== undefined) return this.filteredLists.list(scope, where, request);
    const value = scope.kind === 'all' ? undefined : scope.value;
    return this.lists.read(EXPERIMENTS[scope.kind], value, request);
  }

  /** Sets the keys of `members`, a JSON object as text, in one of the documents; the other keys stay. */
  async merge(
    experimentId: string,
    document: MergedDocument,
    members: string,
    request: WriteRequest,
  ): Promise<ExperimentRow> {
    const values = [experimentId, members, request.expected ?? null];
    const row = await this.writes.find<ExperimentRow>(sql.MERGE[document], values, request);
    return row ?? this.refuse(experimentId, request);
  }

  async update(
    experimentId: string,
    changes: ExperimentChanges,
    request: WriteRequest,
  ): Promise<ExperimentRow> {
    const values = [
      experimentId,
      changes.modelVersionId ?? null,
      ...change(changes.experimentName),
      ...change(changes.description),
      ...change(changes.trainingDataset),
      ...change(changes.validationDataset),
      ...change(changes.testDataset),
      ...change(changes.tags),
      request.expected ?? null,
    ];
    const row = await this.writes.find<ExperimentRow>(sql.UPDATE, values, request);
    return row ?? this.refuse(experimentId, request);
  }

  async remove(experimentId: string, request: WriteRequest): Promise<ExperimentRow> {
    const values = [experimentId, request.expected ?? null];
    const row = await this.writes.find<ExperimentRow>(sql.REMOVE, values, request);
    return row ?? this.refuse(experimentId, request);
  }

  /** Undoes {@link remove}; leaves a live experiment as it is. */
  async restore(experimentId: string, request: WriteRequest): Promise<ExperimentRow> {
    const row = found(
      await this.writes.find<ExperimentRow | Refused>(sql.RESTORE, [experimentId], request),
    );
    if (row.experiment_id !== null) return row;
    throw row.project_deleted ? projectDeleted() : modelDeleted();
  }

  private refuse(experimentId: string, request: WriteRequest): Promise<never> {
    return refuseChange(request, experimentNotFound, () => this.get(experimentId));
  }
}

/** The pair of values a nullable column takes: whether it changes, and what it becomes. */
function change(value: string | null | undefined): [boolean, Value] {
  return [value !== undefined, value ?? null];
}

function found<Row>(row: Row | undefined): Row {
  if (!row) throw experimentNotFound();
  return row;
}
