import { Injectable } from '@nestjs/common';
import { Database, getOrCreate } from '#database';
import { ListReader, type List, type ListRequest } from '#paging';
import { v7 as uuidv7 } from 'uuid';
import { PROJECTS, type ListedProject } from './project-list.js';
import { projectExists, projectNotFound } from './project.errors.js';
import type { NewProject, ProjectChanges, ProjectRow } from './project.types.js';
import * as sql from './project.sql.js';

/** Projects: created or found by name, listed, changed, deleted and brought back. */
@Injectable()
export class ProjectService {
  constructor(
    private readonly database: Database,
    private readonly lists: ListReader,
  ) {}

  /** The live project of that name; a new one if there is none, unless it exists and `onlyIfAbsent` is set. */
  async create(project: NewProject, onlyIfAbsent: boolean): Promise<ProjectRow> {
    const { projectName, description, tags } = project;
    const row = await getOrCreate(() =>
      this.database.find<ProjectRow & { created: boolean }>(sql.CREATE, [
        uuidv7(),
        projectName,
        description,
        tags,
      ]),
    );
    if (onlyIfAbsent && !row.created) throw projectExists();
    return row;
  }

  async get(projectId: string): Promise<ProjectRow> {
    return found(await this.database.find<ProjectRow>(sql.BY_ID, [projectId]));
  }

  async getByName(projectName: string): Promise<ProjectRow> {
    return found(await this.database.find<ProjectRow>(sql.BY_NAME, [projectName]));
  }

  /** The live projects, page by page. */
  list(request: ListRequest): Promise<List<ListedProject>> {
    return this.lists.read(PROJECTS, undefined, request);
  }

  async update(projectId: string, changes: ProjectChanges): Promise<ProjectRow> {
    const { projectName, description, tags } = changes;
    const values = [
      projectId,
      projectName ?? null,
      description !== undefined,
      description ?? null,
      tags !== undefined,
      tags ?? null,
    ];
    return found(await this.database.find<ProjectRow>(sql.UPDATE, values));
  }

  /** Hides the project with everything under it and frees its name. */
  async remove(projectId: string): Promise<ProjectRow> {
    return found(await this.database.find<ProjectRow>(sql.REMOVE, [projectId]));
  }

  /** Undoes {@link remove}; leaves a live project as it is. */
  async restore(projectId: string): Promise<ProjectRow> {
    return found(await this.database.find<ProjectRow>(sql.RESTORE, [projectId]));
  }
}

function found(row: ProjectRow | undefined): ProjectRow {
  if (!row) throw projectNotFound();
  return row;
}
