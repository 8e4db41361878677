import { recordTag } from '#database';
import { jsonWriter, RecordAnswer } from '#http';
import type { CreateProjectDto } from './dto/create-project.dto.js';
import type { ProjectDto } from './dto/project.dto.js';
import type { UpdateProjectDto } from './dto/update-project.dto.js';
import type { NewProject, ProjectChanges, ProjectRow } from './project.types.js';

/** Writes a row as the JSON of a {@link ProjectDto}. */
export const writeProject = jsonWriter<keyof ProjectDto>({
  project_id: 'text',
  project_name: 'text',
  description: 'text',
  tags: 'json',
  created_datetime: 'time',
  updated_datetime: 'time',
  deleted_datetime: 'time',
});

/** Answers with one project. */
export function answerProject(row: ProjectRow): RecordAnswer {
  return new RecordAnswer(writeProject(row), recordTag(row));
}

export function newProject(dto: CreateProjectDto): NewProject {
  return {
    projectName: dto.project_name,
    description: dto.description ?? null,
    tags: dto.tags ?? null,
  };
}

export function projectChanges(dto: UpdateProjectDto): ProjectChanges {
  return { projectName: dto.project_name, description: dto.description, tags: dto.tags };
}
