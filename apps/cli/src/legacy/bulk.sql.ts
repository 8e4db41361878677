import { adHocStatement, SCHEMA_OBJECTS, type SchemaObject } from '#database';

/** Looked up and checked for each number. */
const FOREIGN_KEY = 'fk_experiment_evaluations_experiment_id';
const TABLES = ['experiments', 'experiment_evaluations'];

const named = (wanted: string) =>
  SCHEMA_OBJECTS.filter(({ name, table }) => name === wanted && TABLES.includes(table));

const INDEXES = SCHEMA_OBJECTS.filter(
  ({ kind, table }) => kind === 'index' && TABLES.includes(table),
);

/** Keys stay as long as others may write: what they do when a record is there already depends on them. */
export const ASIDE: readonly SchemaObject[] = [...INDEXES, ...named(FOREIGN_KEY)];

/** Goes when the numbers are filled in, which nobody else can read or write then. */
export const KEY_OF_NUMBERS: readonly SchemaObject[] = named('pk_experiment_evaluations');

/**
 * True while an import in bulk is under way, or has been cut off: all indexes are away, which go together and come back together.
 * Whoever imports asks within the statement that writes: it holds the tables, so that nobody can bring them back before it has
 * ended.
 */
export const IS_SET_ASIDE = `num_nonnulls(${INDEXES.map(({ name }) => `to_regclass('${name}')`).join(', ')}) = 0`;

export const STANDING = adHocStatement(
  'legacy.standing',
  `SELECT ${IS_SET_ASIDE} AS is_set_aside, EXISTS (SELECT FROM experiments) AS has_experiments`,
);

/** Dropping an index wants this lock in any case. */
export const LOCK_ALL = `LOCK TABLE ${TABLES.join(', ')} IN ACCESS EXCLUSIVE MODE`;

/** In the order in which requests write to the tables. Experiments can be read meanwhile, their numbers cannot. */
export const LOCK_WRITERS = `
  LOCK TABLE experiments IN SHARE ROW EXCLUSIVE MODE;
  LOCK TABLE metric_series IN SHARE MODE;
  LOCK TABLE experiment_evaluations IN ACCESS EXCLUSIVE MODE`;
