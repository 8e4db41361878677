import type { Client } from 'pg';

/** What a table takes on disk, in bytes, with what PostgreSQL has put aside of long values. */
export interface TableSize {
  readonly rows: number;
  readonly table: number;
  readonly indexes: number;
}

export type Sizes = ReadonlyMap<string, TableSize>;

/** How large each table is. Before that PostgreSQL tidies up, as it does by itself from time to time. */
export async function measureSizes(client: Client): Promise<Sizes> {
  const { rows: names } = await client.query<{ list: string }>(
    `SELECT string_agg(quote_ident(relname), ', ') AS list
     FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'`,
  );
  await client.query(`VACUUM (ANALYZE) ${names[0]?.list ?? ''}`);
  const { rows: tables } = await client.query<{ name: string; table: number; indexes: number }>(
    `SELECT relname AS name, pg_table_size(oid)::float8 AS "table", pg_indexes_size(oid)::float8 AS indexes
     FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname`,
  );
  const sizes = new Map<string, TableSize>();
  for (const { name, table, indexes } of tables) {
    const { rows } = await client.query<{ count: number }>(
      `SELECT count(*)::float8 AS count FROM ${client.escapeIdentifier(name)}`,
    );
    sizes.set(name, { rows: rows[0]?.count ?? NaN, table, indexes });
  }
  return sizes;
}

/** What has been added to some tables between two looks, for each row of the first one. */
export function growth(before: Sizes, after: Sizes, tables: readonly string[]): TableSize {
  const grown = (member: keyof TableSize): number[] =>
    tables.map((name) => (after.get(name)?.[member] ?? 0) - (before.get(name)?.[member] ?? 0));
  const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
  return {
    rows: grown('rows')[0] ?? 0,
    table: sum(grown('table')),
    indexes: sum(grown('indexes')),
  };
}
