/**
 * How an index row and a document differ: the document's number has no row; a row has no number in a document; the numbers
 * differ; or the row names another model or project than the experiment.
 */
export const DIFFERENCE_KINDS = ['not_in_index', 'not_in_document', 'value', 'scope'] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

/** What one side has for a key of an experiment. */
export interface IndexedNumber {
  /** Exactly, as PostgreSQL writes a `numeric`. */
  readonly value: string;
  readonly model_id: string;
  readonly project_id: string;
}

/** A number in which the index and a document differ; a side is null when the number is not there. */
export interface Difference {
  readonly experiment_id: string;
  /** The path of the number, as the index has it. */
  readonly key: string;
  readonly kind: DifferenceKind;
  readonly document: IndexedNumber | null;
  readonly index: IndexedNumber | null;
}

/** What a check has found. */
export interface CheckReport {
  /** Experiments that were compared, deleted ones included. */
  readonly experiments: number;
  /** Numbers that were compared: those of the documents, and those that only the index has. */
  readonly numbers: number;
  readonly differences: Readonly<Record<DifferenceKind, number>>;
  readonly differing_experiments: number;
  /** Experiments whose rows were written anew. */
  readonly repaired_experiments: number;
  /** The first differences, in the order of their experiments. */
  readonly first: readonly Difference[];
}

export interface CheckOptions {
  /** Whether differing experiments get their rows written anew. */
  readonly repair: boolean;
  /** How many differences are kept for the report; the rest is only counted. */
  readonly keep: number;
  /** Experiments that are compared at a time; 1000 unless told. */
  readonly batch?: number;
  /** Is told after each batch what was found so far. */
  readonly onBatch?: (report: CheckReport) => void;
  /** Ends the check after the batch that is under way. */
  readonly signal?: AbortSignal;
}
