import type { ListScope } from '#paging';

/** An experiment as the database returns it: columns as text, documents as JSON text. */
export interface ExperimentRow {
  readonly experiment_id: string;
  readonly project_id: string;
  readonly model_id: string;
  readonly model_version_id: string;
  readonly experiment_name: string | null;
  readonly description: string | null;
  readonly parameters: string | null;
  readonly training_dataset: string | null;
  readonly validation_dataset: string | null;
  readonly test_dataset: string | null;
  readonly evaluations: string | null;
  readonly artifact_file_paths: string | null;
  readonly tags: string | null;
  readonly created_datetime: string;
  readonly updated_datetime: string;
  readonly deleted_datetime: string | null;
}

/** What a new experiment holds; documents and tags are JSON objects as text. */
export interface NewExperiment {
  readonly modelId: string;
  readonly modelVersionId: string;
  readonly experimentName: string | null;
  readonly description: string | null;
  readonly parameters: string | null;
  readonly trainingDataset: string | null;
  readonly validationDataset: string | null;
  readonly testDataset: string | null;
  readonly evaluations: string | null;
  readonly artifactFilePaths: string | null;
  readonly tags: string | null;
}

/** What changes: an absent property stays as it is, `null` clears. */
export interface ExperimentChanges {
  readonly modelVersionId?: string | undefined;
  readonly experimentName?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly trainingDataset?: string | null | undefined;
  readonly validationDataset?: string | null | undefined;
  readonly testDataset?: string | null | undefined;
  /** Merged tag by tag; a tag that is `null` goes. */
  readonly tags?: string | null | undefined;
}

/** The documents that grow after an experiment was made. */
export type MergedDocument = 'evaluations' | 'artifact_file_paths';

/** What the experiments of a list have in common. */
export type ExperimentKind = 'model_id' | 'project_id';
export type ExperimentScope = ListScope<ExperimentKind>;
