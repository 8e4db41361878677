/** The records of the old service, parents first. */
export const KINDS = ['project', 'model', 'experiment'] as const;
export type Kind = (typeof KINDS)[number];

/** Columns that hold JSON. */
export const DOCUMENTS = ['parameters', 'evaluations', 'artifact_file_paths'] as const;

/** What one table is like. Rows are read in an order in which they can be judged one after the other. */
export interface LegacyTable {
  readonly id: string;
  readonly required: readonly string[];
  /** Null everywhere when an installation does not have them. */
  readonly optional: readonly string[];
  readonly order: readonly string[];
}

/** Of models and projects of one name the oldest keeps it; experiments of one id come one after the other. */
export const TABLES: Readonly<Record<Kind, LegacyTable>> = {
  project: {
    id: 'project_id',
    required: ['project_id', 'project_name', 'created_datetime'],
    optional: ['description'],
    order: ['created_datetime', 'project_id'],
  },
  model: {
    id: 'model_id',
    required: ['model_id', 'project_id', 'model_name', 'created_datetime'],
    optional: ['description'],
    order: ['created_datetime', 'model_id'],
  },
  experiment: {
    id: 'experiment_id',
    required: ['experiment_id', 'model_id', 'model_version_id', 'created_datetime'],
    optional: ['training_dataset', 'validation_dataset', 'test_dataset', ...DOCUMENTS],
    order: ['experiment_id', 'created_datetime'],
  },
};

/** A row: each of its columns as text, whatever its type is. */
export type LegacyRow = Readonly<Record<string, string | null>>;
