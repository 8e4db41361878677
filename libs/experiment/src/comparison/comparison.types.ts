/** The parts of an experiment that are put side by side. */
export const PARTS = [
  'parameters',
  'evaluations',
  'datasets',
  'artifact_file_paths',
  'tags',
] as const;
export type Part = (typeof PARTS)[number];

/** What tells an experiment from the others; columns as text. */
export interface ComparedExperiment {
  readonly experiment_id: string;
  readonly experiment_name: string | null;
  readonly project_id: string;
  readonly model_id: string;
  readonly model_name: string;
  readonly model_version_id: string;
  readonly created_datetime: string;
}

/** One key, with its value in each experiment. */
export interface ComparedRow {
  /** The keys that lead to it. */
  readonly path: readonly string[];
  /** JSON texts, in the order of the experiments; `null` where there is none. */
  readonly values: readonly string[];
  readonly differs: boolean;
  /** The ids of the experiments that hold the largest and the smallest number. */
  readonly highest: readonly string[];
  readonly lowest: readonly string[];
}

/** Experiments side by side, in the order they were asked for. */
export interface Comparison {
  readonly experiments: readonly ComparedExperiment[];
  /** Sorted by path, key by key. */
  readonly rows: Readonly<Record<Part, readonly ComparedRow[]>>;
}
