import { adHocStatement, SCHEMA_OBJECTS, type SchemaObject } from '#database';

const INDEXES = SCHEMA_OBJECTS.filter(({ kind }) => kind === 'index');
const named = (wanted: string) => SCHEMA_OBJECTS.filter(({ name }) => name === wanted);

export const INDEXES_OF_EXPERIMENTS = INDEXES.filter(({ table }) => table === 'experiments');
export const INDEXES_OF_NUMBERS = INDEXES.filter(({ table }) => table === 'experiment_evaluations');
/** Looked up and checked for each number. */
export const FOREIGN_KEY = named('fk_experiment_evaluations_experiment_id');
/** Goes when the numbers are filled in, which nobody else can read or write then. */
export const KEY_OF_NUMBERS = named('pk_experiment_evaluations');

/** Keys stay as long as others may write: what they do when a record is there already depends on them. */
export const ASIDE: readonly SchemaObject[] = [
  ...INDEXES_OF_EXPERIMENTS,
  ...INDEXES_OF_NUMBERS,
  ...FOREIGN_KEY,
];

/**
 * True while an import in bulk is under way, or has been cut off: no index of experiments is there. They go together, and come
 * back together, last. Whoever imports asks within the statement that writes: it holds the table, so that nobody can bring them
 * back before it has ended.
 */
export const IS_SET_ASIDE = `num_nonnulls(${INDEXES_OF_EXPERIMENTS.map(({ name }) => `to_regclass('${name}')`).join(', ')}) = 0`;

export const STANDING = adHocStatement(
  'legacy.standing',
  `SELECT ${IS_SET_ASIDE} AS is_set_aside, EXISTS (SELECT FROM experiments) AS has_experiments`,
);

/** Dropping an index wants this lock in any case. */
export const LOCK_ALL = 'LOCK TABLE experiments, experiment_evaluations IN ACCESS EXCLUSIVE MODE';

/** Who writes numbers writes to one of these first. Both can be read meanwhile. */
export const LOCK_WRITERS = `
  LOCK TABLE experiments IN SHARE ROW EXCLUSIVE MODE;
  LOCK TABLE metric_series IN SHARE MODE`;

export const LOCK_NUMBERS = 'LOCK TABLE experiment_evaluations IN ACCESS EXCLUSIVE MODE';
