import type { Client } from 'pg';

/** What a table, or an index of it, takes on disk. */
export interface Size {
  readonly name: string;
  readonly rows: string;
  readonly bytes: number;
}

/** Each table followed by its indexes, with the rows that ANALYZE has estimated. */
export async function relationSizes(client: Client): Promise<Size[]> {
  const { rows } = await client.query<{ name: string; rows: string; bytes: string }>(
    `SELECT c.relname AS name, c.reltuples::bigint AS rows,
       CASE c.relkind WHEN 'r' THEN pg_table_size(c.oid) ELSE pg_relation_size(c.oid) END AS bytes
     FROM pg_class c LEFT JOIN pg_index i ON i.indexrelid = c.oid
     WHERE coalesce(i.indrelid, c.oid) = ANY ('{experiments,experiment_evaluations}'::regclass[])
     ORDER BY coalesce(i.indrelid, c.oid), c.relkind = 'i', c.relname`,
  );
  return rows.map(({ bytes, ...row }) => ({ ...row, bytes: Number(bytes) }));
}
