import { Injectable } from '@nestjs/common';
import { Database, newId, type Value } from '#database';
import { notPermitted } from '#errors';
import type { Access, WriteRequest } from '#http';
import { refuseChange, Writes } from '#idempotency';
import { modelDeleted, modelNotFound, ModelService } from '#model';
import { ListReader, type List, type ListRequest } from '#paging';
import { projectDeleted } from '#project';
import { EXPERIMENTS } from './experiment-list.js';
import { experimentNotFound } from './experiment.errors.js';
import * as sql from './experiment.sql.js';
import { QuotaService } from './quota/quota.service.js';
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
    private readonly models: ModelService,
    private readonly quotas: QuotaService,
  ) {}

  /** Records an experiment: always a new one. */
  async create(experiment: NewExperiment, request: WriteRequest): Promise<ExperimentRow> {
    const values = [
      newId(),
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
      request.caller.access.projects('editor'),
    ];
    const row = await this.writes.find<ExperimentRow>(sql.CREATE, values, request, () =>
      this.quotas.takeForExperiments(() => [experiment.modelId], request.caller.access),
    );
    return row ?? this.refuseParent(experiment.modelId, request.caller.access);
  }

  async get(experimentId: string, access: Access): Promise<ExperimentRow> {
    const row = await this.database.find<ExperimentRow>(sql.BY_ID, [experimentId]);
    if (!row || !access.has('viewer', row.project_id)) throw experimentNotFound();
    return row;
  }

  /** The newest experiment of that version id, of those that the caller may see. */
  async getByModelVersion(modelVersionId: string, access: Access): Promise<ExperimentRow> {
    const values = [modelVersionId, access.projects('viewer')];
    const row = await this.database.find<ExperimentRow>(sql.BY_VERSION, values);
    if (!row) throw experimentNotFound();
    return row;
  }

  /** The live experiments of the scope, page by page. */
  list(scope: ExperimentScope, request: ListRequest, access: Access): Promise<List<ExperimentRow>> {
    const { where } = request;
    if (where !== undefined) return this.filteredLists.list(scope, where, request, access);
    return this.lists.read(EXPERIMENTS, scope, request, access);
  }

  /** Sets the keys of `members`, a JSON object as text, in one of the documents; the other keys stay. */
  async merge(
    experimentId: string,
    document: MergedDocument,
    members: string,
    request: WriteRequest,
  ): Promise<ExperimentRow> {
    const editable = request.caller.access.projects('editor');
    const values = [experimentId, members, request.expected ?? null, editable];
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
      request.caller.access.projects('editor'),
    ];
    const row = await this.writes.find<ExperimentRow>(sql.UPDATE, values, request);
    return row ?? this.refuse(experimentId, request);
  }

  async remove(experimentId: string, request: WriteRequest): Promise<ExperimentRow> {
    const editable = request.caller.access.projects('editor');
    const values = [experimentId, request.expected ?? null, editable];
    const row = await this.writes.find<ExperimentRow>(sql.REMOVE, values, request);
    return row ?? this.refuse(experimentId, request);
  }

  /** Undoes {@link remove}; leaves a live experiment as it is. */
  async restore(experimentId: string, request: WriteRequest): Promise<ExperimentRow> {
    const values = [experimentId, request.caller.access.projects('editor')];
    const row = await this.writes.find<ExperimentRow | Refused>(sql.RESTORE, values, request);
    if (!row) return this.refuse(experimentId, request);
    if (row.experiment_id !== null) return row;
    throw row.project_deleted ? projectDeleted() : modelDeleted();
  }

  private refuse(experimentId: string, request: WriteRequest): Promise<never> {
    const { access } = request.caller;
    return refuseChange(request, experimentNotFound, () => this.get(experimentId, access));
  }

  private async refuseParent(modelId: string, access: Access): Promise<never> {
    const { project_id: projectId } = await this.models.get(modelId, access);
    throw access.has('editor', projectId) ? modelNotFound() : notPermitted();
  }
}

/** The pair of values a nullable column takes: whether it changes, and what it becomes. */
function change(value: string | null | undefined): [boolean, Value] {
  return [value !== undefined, value ?? null];
}
