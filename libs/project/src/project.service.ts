import { Injectable } from '@nestjs/common';
import { Database, getOrCreate } from '#database';
import type { WriteRequest } from '#http';
import { refuseChange, Writes } from '#idempotency';
import { ListReader, type List, type ListRequest } from '#paging';
import { v7 as uuidv7 } from 'uuid';
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
    const values = [uuidv7(), projectName, description, tags, onlyIfAbsent];
    const row = await getOrCreate(() =>
      this.writes.find<ProjectRow & { is_refused?: boolean }>(sql.CREATE, values, request),
    );
    if (row.is_refused) throw projectExists();
    return row;
  }

  async get(projectId: string): Promise<ProjectRow> {
    return found(await this.database.find<ProjectRow>(sql.BY_ID, [projectId]));
  }

  async getByName(projectName: string): Promise<ProjectRow> {
    return found(await this.database.find<ProjectRow>(sql.BY_NAME, [projectName]));
  }

  /** The live projects, page by page. */
  list(request: ListRequest): Promise<List<ProjectRow>> {
    return this.lists.read(PROJECTS, undefined, request);
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
    const row = await this.writes.find<ProjectRow>(sql.UPDATE, values, request);
    return row ?? this.refuse(projectId, request);
  }

  /** Hides the project with everything under it and frees its name. */
  async remove(projectId: string, request: WriteRequest): Promise<ProjectRow> {
    const values = [projectId, request.expected ?? null];
    const row = await this.writes.find<ProjectRow>(sql.REMOVE, values, request);
    return row ?? this.refuse(projectId, request);
  }

  /** Undoes {@link remove}; leaves a live project as it is. */
  async restore(projectId: string, request: WriteRequest): Promise<ProjectRow> {
    return found(await this.writes.find<ProjectRow>(sql.RESTORE, [projectId], request));
  }

  private refuse(projectId: string, request: WriteRequest): Promise<never> {
    return refuseChange(request, projectNotFound, () => this.get(projectId));
  }
}

function found(row: ProjectRow | undefined): ProjectRow {
  if (!row) throw projectNotFound();
  return row;
}
