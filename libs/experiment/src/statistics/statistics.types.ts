/** The parts of an experiment whose keys are told. */
export type KeyedPart = 'parameters' | 'evaluations' | 'tags';

/** How many experiments of a model there are, and how many of the newest were looked into; columns as text. */
export interface ExaminedModel {
  readonly project_id: string;
  readonly model_id: string;
  readonly experiments: string;
  readonly examined: string;
}

/** What a key holds in the experiments that were examined; numbers are PostgreSQL's texts. */
export interface KnownKey {
  /** The keys that lead to it, as JSON without the brackets. */
  readonly path: string;
  readonly count: string;
  /** JSON: how many experiments have which type there. */
  readonly types: string;
  /** NaN left out; `null` where there is no number. */
  readonly min: string | null;
  readonly max: string | null;
  /** JSON: the strings, if they are few and short. */
  readonly choices: string | null;
}

/** The keys in the newest experiments of a model. */
export interface ModelKeys {
  readonly model: ExaminedModel;
  /** Sorted by path, key by key. */
  readonly keys: Readonly<Record<KeyedPart, readonly KnownKey[]>>;
  /** Whether a part has more keys than are told. */
  readonly truncated: boolean;
}

/** What a project or a model holds, deleted things left out; columns as text. */
export interface Totals {
  readonly project_id: string;
  readonly models: string;
  readonly experiments: string;
  readonly first_experiment_datetime: string | null;
  readonly last_experiment_datetime: string | null;
}

/** The ends of an evaluation, each with the first experiment that reached it. */
export interface Extremes {
  /** The path of the index: steps with dots between them, and dots and backslashes in a step escaped. */
  readonly key: string;
  readonly lowest: string;
  readonly lowest_experiment_id: string;
  readonly highest: string;
  readonly highest_experiment_id: string;
}

/** What a project or a model holds. */
export interface Summary {
  readonly totals: Totals;
  readonly evaluations: readonly Extremes[];
  /** Whether there are more evaluations than are told. */
  readonly truncated: boolean;
}
