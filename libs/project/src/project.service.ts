import { Injectable } from '@nestjs/common';
import { Database, getOrCreate, newId, type Value } from '#database';
import { notPermitted } from '#errors';
import { grantee, type Access, type WriteRequest } from '#http';
import { refuseChange, Writes, type WriteStatement } from '#idempotency';
import { ListReader, type List, type ListRequest } from '#paging';
import { PROJECTS } from './project-list.js';
import { projectExists, projectNotFound } from './project.errors.js';
import type { NewProject, ProjectChanges, ProjectRow } from './project.types.js';
import * as sql from './project.sql.js';

/** Projects: created or found by name, listed, changed, deleted and brought back. */
@Injectable()
export class ProjectService {
  constructor(
    private readonly database: Database,
    private readonly writes: Writes,
    private readonly lists: ListReader,
  ) {}

  /** The live project of that name; a new one if there is none, unless it exists and `onlyIfAbsent` is set. */
  async create(
    project: NewProject,
    onlyIfAbsent: boolean,
    request: WriteRequest,
  ): Promise<ProjectRow> {
    const { projectName, description, tags } = project;
    const { caller } = request;
    if (!caller.access.hasEverywhere('editor')) {
      return this.findOwn(projectName, onlyIfAbsent, caller.access);
    }
    const values = [newId(), projectName, description, tags, onlyIfAbsent, grantee(caller)];
    const row = await getOrCreate(() =>
      this.writes.find<ProjectRow & { is_refused?: boolean }>(sql.CREATE, values, request),
    );
    if (row.is_refused) throw projectExists();
    return row;
  }

  async get(projectId: string, access: Access): Promise<ProjectRow> {
    return seen(await this.database.find<ProjectRow>(sql.BY_ID, [projectId]), access);
  }

  async getByName(projectName: string, access: Access): Promise<ProjectRow> {
    return seen(await this.database.find<ProjectRow>(sql.BY_NAME, [projectName]), access);
  }

  /** The live projects, page by page. */
  list(request: ListRequest, access: Access): Promise<List<ProjectRow>> {
    return this.lists.read(PROJECTS, { kind: 'all' }, request, access);
  }

  async update(
    projectId: string,
    changes: ProjectChanges,
    request: WriteRequest,
  ): Promise<ProjectRow> {
    const { projectName, description, tags } = changes;
    const values = [
      projectId,
      projectName ?? null,
      description !== undefined,
      description ?? null,
      tags !== undefined,
      tags ?? null,
      request.expected ?? null,
    ];
    return this.change(sql.UPDATE, projectId, values, request);
  }

  /** Hides the project with everything under it and frees its name. */
  async remove(projectId: string, request: WriteRequest): Promise<ProjectRow> {
    const values = [projectId, request.expected ?? null];
    return this.change(sql.REMOVE, projectId, values, request);
  }

  /** Undoes {@link remove}; leaves a live project as it is. */
  async restore(projectId: string, request: WriteRequest): Promise<ProjectRow> {
    return this.change(sql.RESTORE, projectId, [projectId], request);
  }

  private async change(
    statement: WriteStatement,
    projectId: string,
    values: readonly Value[],
    request: WriteRequest,
  ): Promise<ProjectRow> {
    const { access } = request.caller;
    const row = access.has('editor', projectId)
      ? await this.writes.find<ProjectRow>(statement, values, request)
      : undefined;
    return row ?? refuseChange(request, projectNotFound, () => this.get(projectId, access));
  }

  /** For those who may not make projects: one that they may write to. */
  private async findOwn(
    projectName: string,
    onlyIfAbsent: boolean,
    access: Access,
  ): Promise<ProjectRow> {
    const row = await this.database.find<ProjectRow>(sql.BY_NAME, [projectName]);
    if (!row || !access.has('editor', row.project_id)) throw notPermitted();
    if (onlyIfAbsent) throw projectExists();
    return row;
  }
}

function seen(row: ProjectRow | undefined, access: Access): ProjectRow {
  if (!row || !access.has('viewer', row.project_id)) throw projectNotFound();
  return row;
}
