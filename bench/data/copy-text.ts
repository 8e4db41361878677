import type { GeneratedExperiment } from './experiment.js';
import type { PlannedModel, PlannedProject } from './plan.js';

/** A table's rows in the text format of COPY: what goes into which columns. */
export interface CopyFormat<Row> {
  readonly table: string;
  readonly columns: readonly string[];
  readonly write: (row: Row) => string;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

type Field = string | object | null | undefined;

/** A row. */
export function line(...fields: readonly Field[]): string {
  return `${fields.map(field).join('\t')}\n`;
}

function field(value: Field): string {
  if (value === null || value === undefined) return '\\N';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replace(/[\\\n\r\t]/g, (character) => ESCAPES[character] ?? '');
}

function time(milliseconds: number | undefined): string | undefined {
  return milliseconds === undefined ? undefined : new Date(milliseconds).toISOString();
}

export const projectRows: CopyFormat<PlannedProject> = {
  table: 'projects',
  columns: ['project_id', 'project_name', 'created_datetime', 'updated_datetime'],
  write: ({ id, name, createdAt }) => line(id, name, time(createdAt), time(createdAt)),
};

export const modelRows: CopyFormat<PlannedModel> = {
  table: 'models',
  columns: [
    'model_id',
    'project_id',
    'model_name',
    'created_datetime',
    'updated_datetime',
    'deleted_datetime',
  ],
  write: ({ id, project, name, createdAt, deletedAt }) =>
    line(id, project.id, name, time(createdAt), time(deletedAt ?? createdAt), time(deletedAt)),
};

export const experimentRows: CopyFormat<GeneratedExperiment> = {
  table: 'experiments',
  columns: [
    'experiment_id',
    'project_id',
    'model_id',
    'model_version_id',
    'experiment_name',
    'parameters',
    'training_dataset',
    'validation_dataset',
    'test_dataset',
    'evaluations',
    'artifact_file_paths',
    'tags',
    'created_datetime',
    'updated_datetime',
    'deleted_datetime',
  ],
  write: (row) =>
    line(
      row.id,
      row.model.project.id,
      row.model.id,
      row.modelVersionId,
      row.name,
      row.parameters,
      row.trainingDataset,
      row.validationDataset,
      row.testDataset,
      row.evaluations,
      row.artifactFilePaths,
      row.tags,
      time(row.createdAt),
      time(row.updatedAt),
      time(row.deletedAt),
    ),
};
