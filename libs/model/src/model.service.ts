import { Injectable } from '@nestjs/common';
import { Database, getOrCreate, newId } from '#database';
import { notPermitted } from '#errors';
import type { Access, WriteRequest } from '#http';
import { refuseChange, Writes } from '#idempotency';
import { ListReader, type List, type ListRequest } from '#paging';
import { projectDeleted, projectNotFound, ProjectService } from '#project';
import { MODELS } from './model-list.js';
import { modelExists, modelNotFound } from './model.errors.js';
import * as sql from './model.sql.js';
import type { ModelChanges, ModelRow, ModelScope, NewModel } from './model.types.js';

/** A row that a statement has found to be somewhere else, or not possible: every column is null. */
type Hollow = { readonly [Column in keyof ModelRow]: null };

/** Models: created or found by name in their project, listed, changed, deleted and brought back. */
@Injectable()
export class ModelService {
  constructor(
    private readonly database: Database,
    private readonly writes: Writes,
    private readonly lists: ListReader,
    private readonly projects: ProjectService,
  ) {}

  /** The live model of that name in the project; a new one if there is none, unless it exists and `onlyIfAbsent` is set. */
  async create(model: NewModel, onlyIfAbsent: boolean, request: WriteRequest): Promise<ModelRow> {
    const { projectId, modelName, description, tags } = model;
    const { access } = request.caller;
    if (!access.has('editor', projectId)) return this.refuseParent(projectId, access);
    const values = [newId(), projectId, modelName, description, tags, onlyIfAbsent];
    const row = await getOrCreate(async () => {
      const attempt = await this.writes.find<(ModelRow & { is_refused?: boolean }) | Hollow>(
        sql.CREATE,
        values,
        request,
      );
      if (!attempt) throw projectNotFound();
      return attempt.model_id === null ? undefined : attempt;
    });
    if (row.is_refused) throw modelExists();
    return row;
  }

  async get(modelId: string, access: Access): Promise<ModelRow> {
    const row = await this.database.find<ModelRow>(sql.BY_ID, [modelId]);
    if (!row || !access.has('viewer', row.project_id)) throw modelNotFound();
    return row;
  }

  /** The live models of the scope, page by page. */
  list(scope: ModelScope, request: ListRequest, access: Access): Promise<List<ModelRow>> {
    return this.lists.read(MODELS, scope, request, access);
  }

  async update(modelId: string, changes: ModelChanges, request: WriteRequest): Promise<ModelRow> {
    const { modelName, description, tags } = changes;
    const values = [
      modelId,
      modelName ?? null,
      description !== undefined,
      description ?? null,
      tags !== undefined,
      tags ?? null,
      request.expected ?? null,
      request.caller.access.projects('editor'),
    ];
    const row = await this.writes.find<ModelRow>(sql.UPDATE, values, request);
    return row ?? this.refuse(modelId, request);
  }

  /** Hides the model with its experiments and frees its name. */
  async remove(modelId: string, request: WriteRequest): Promise<ModelRow> {
    const values = [modelId, request.expected ?? null, request.caller.access.projects('editor')];
    const row = await this.writes.find<ModelRow>(sql.REMOVE, values, request);
    return row ?? this.refuse(modelId, request);
  }

  /** Undoes {@link remove}; leaves a live model as it is. */
  async restore(modelId: string, request: WriteRequest): Promise<ModelRow> {
    const values = [modelId, request.caller.access.projects('editor')];
    const row = await this.writes.find<ModelRow | Hollow>(sql.RESTORE, values, request);
    if (!row) return this.refuse(modelId, request);
    if (row.model_id === null) throw projectDeleted();
    return row;
  }

  private refuse(modelId: string, request: WriteRequest): Promise<never> {
    return refuseChange(request, modelNotFound, () => this.get(modelId, request.caller.access));
  }

  private async refuseParent(projectId: string, access: Access): Promise<never> {
    await this.projects.get(projectId, access);
    throw notPermitted();
  }
}
