/** The SQL of a walk over a list from one place to the next. */
export interface Keyset {
  /** True for the rows after the place that `$1` (time) and `$2` (id) name. */
  readonly where: string;
  readonly orderBy: string;
}

/** A column, and the SQL of the value it has in all rows of a list; `isMany`: of a `text[]` of the values it may have. */
interface Scope {
  readonly column: string;
  readonly value: string;
  readonly isMany?: boolean;
}

/** Which rows are walked over, and in which direction. */
export interface Walk {
  readonly alias: string;
  readonly idColumn: string;
  /** By default when the rows were made. */
  readonly timeColumn?: string;
  readonly descending: boolean;
  /** What all rows of the list have in common. */
  readonly scope?: Scope | undefined;
  /** The SQL of a time that no row is of when times grow; when they fall, the last one that a row may be of. */
  readonly end?: string | undefined;
}

/**
 * Walks a table in the order of its times and ids, within a scope where one is given. The condition is one range of the
 * index (scope, time, id), and is written as such: with `scope = …`, a planner that has no statistics yet, as after a
 * bulk load, expects few rows and would rather sort all that there are, again for every page.
 */
export function keyset({
  alias,
  idColumn,
  timeColumn = 'created_datetime',
  descending,
  scope,
  end,
}: Walk): Keyset {
  const [after, direction] = descending ? ['<', ' DESC'] : ['>', ''];
  const named = (name: string): string => `${alias}.${name}`;
  const scoped = scope ? [{ column: named(scope.column), value: scope.value }] : [];
  const columns = [...scoped.map(({ column }) => column), named(timeColumn), named(idColumn)];
  const values = scoped.map(({ value }) => value);
  const conditions = [`(${columns.join(', ')}) ${after} (${[...values, '$1', '$2'].join(', ')})`];
  const last = end === undefined ? values : [...values, end];
  if (last.length > 0) {
    const within = descending ? '>=' : end === undefined ? '<=' : '<';
    const ending = columns.slice(0, last.length).join(', ');
    conditions.push(`(${ending}) ${within} (${last.join(', ')})`);
  }
  const orderBy = columns.map((name) => `${name}${direction}`).join(', ');
  return { where: conditions.join(' AND '), orderBy };
}

/**
 * True for the rows that are not deleted themselves, like `IS NULL`, which a planner without statistics takes to be true
 * for hardly any row.
 */
export function isLive(alias: string): string {
  return `num_nulls(${alias}.deleted_datetime) <> 0`;
}

/**
 * True for the rows whose parent is not deleted. Written so that it is asked row by row while walking, and taken to be
 * true for nearly every row: as a join, PostgreSQL would estimate it together with the rest, and wrongly where parents
 * are few and never analysed; as a bare NOT EXISTS, it would expect half of the rows and rather sort them all.
 */
export function hasLiveParent(
  alias: string,
  parent: 'models' | 'projects',
  idColumn: string,
): string {
  const deleted = `SELECT FROM ${parent} parent
    WHERE parent.${idColumn} = ${alias}.${idColumn} AND parent.deleted_datetime IS NOT NULL`;
  return `num_nulls(CASE WHEN EXISTS (${deleted}) THEN 1 END) <> 0`;
}

/**
 * True when the parent of the one row that is asked for is not deleted: looked up by its id. As a join, PostgreSQL may read the
 * parents in the order of their ids up to this one, which takes as long as there are parents.
 */
export function parentIsLive(
  alias: string,
  parent: 'models' | 'projects',
  idColumn: string,
): string {
  return `(SELECT parent.deleted_datetime IS NULL FROM ${parent} parent
    WHERE parent.${idColumn} = ${alias}.${idColumn})`;
}

/**
 * True when the parent that a list is about is not deleted: asked once for the whole list, and never row by row.
 * @param value - the SQL of the id that all rows of the list have
 */
export function isLiveScope(
  parent: 'models' | 'projects',
  idColumn: string,
  value: string,
): string {
  return `NOT EXISTS (SELECT FROM ${parent} scope
    WHERE scope.${idColumn} = ${value} AND scope.deleted_datetime IS NOT NULL)`;
}
