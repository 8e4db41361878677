import { StartupError } from '#errors';
import { TABLES, type Kind } from './legacy-rows.js';

/** What differs between the databases that the old service can have used. */
export interface Dialect {
  readonly text: (column: string) => string;
  readonly time: (column: string) => string;
}

/** What there is of one of the old tables. */
export interface FoundTable {
  readonly name: string;
  readonly columns: ReadonlySet<string>;
}

/** Looks a table up by its name; undefined when there is none. */
export type FindTable = (name: string) => Promise<FoundTable | undefined>;

/** A column that only the tables of this service have. */
const OURS = 'updated_datetime';

/**
 * The three tables as they are here.
 * @throws StartupError when one is missing, or is not of the old service
 */
export async function findTables(find: FindTable): Promise<Record<Kind, FoundTable>> {
  return {
    project: await findTable('project', find),
    model: await findTable('model', find),
    experiment: await findTable('experiment', find),
  };
}

async function findTable(kind: Kind, find: FindTable): Promise<FoundTable> {
  const table = (await find(`${kind}s`)) ?? (await find(kind));
  if (!table)
    throw new StartupError(`There is no table ${kind}s: is it a database of the old service?`);
  const missing = TABLES[kind].required.filter((column) => !table.columns.has(column));
  if (missing.length > 0) {
    throw new StartupError(
      `The table ${table.name} has no ${missing.join(' and no ')}: is it one of the old service?`,
    );
  }
  if (table.columns.has(OURS)) {
    throw new StartupError(
      `The table ${table.name} has ${OURS}: it is one of this service already, not of the old one.`,
    );
  }
  return table;
}

/** Reads a whole table. Names come from {@link TABLES}, never from outside. */
export function selectAll(kind: Kind, table: FoundTable, dialect: Dialect): string {
  const { required, optional, order } = TABLES[kind];
  const columns = [...required, ...optional].map((column) => {
    if (!table.columns.has(column)) return `NULL AS ${column}`;
    const read = column === 'created_datetime' ? dialect.time : dialect.text;
    return `${read(`t.${column}`)} AS ${column}`;
  });
  const by = order.map((column) => `t.${column}`).join(', ');
  return `SELECT ${columns.join(', ')} FROM ${table.name} t ORDER BY ${by}`;
}
