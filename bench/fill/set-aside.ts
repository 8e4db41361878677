import type { Client } from 'pg';

/** The statements that take something away, and those that bring it back. */
export interface SetAside {
  readonly drop: readonly string[];
  readonly create: readonly Step[];
}

export interface Step {
  readonly name: string;
  readonly sql: string;
}

interface Definition {
  readonly name: string;
  readonly relation: string;
  readonly definition: string;
}

/**
 * What slows a bulk load down and is made faster afterwards, in one go: indexes, keys and foreign keys, to the tables and
 * from them. The definitions are PostgreSQL's own, so that what comes back is what was there.
 */
export async function setAside(client: Client, tables: readonly string[]): Promise<SetAside> {
  const read = async (sql: string): Promise<Definition[]> =>
    (await client.query<Definition>(sql, [tables])).rows;
  const foreignKeys = await read(constraints(`contype = 'f'`, 'ARRAY[conrelid, confrelid]'));
  const keys = await read(constraints(`contype IN ('p', 'u')`, 'ARRAY[conrelid]'));
  const indexes = await read(
    `SELECT i.indexrelid::regclass::text AS name, i.indrelid::regclass::text AS relation,
       pg_get_indexdef(i.indexrelid) AS definition
     FROM pg_index i
     WHERE i.indrelid = ANY ($1::regclass[])
       AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
     ORDER BY i.indexrelid`,
  );
  const drop = ({ relation, name }: Definition) =>
    `ALTER TABLE ${relation} DROP CONSTRAINT ${name}`;
  const add = ({ relation, name, definition }: Definition): Step => ({
    name,
    sql: `ALTER TABLE ${relation} ADD CONSTRAINT ${name} ${definition}`,
  });
  return {
    // Foreign keys stand on keys, so they go first and come last.
    drop: [
      ...foreignKeys.map(drop),
      ...keys.map(drop),
      ...indexes.map(({ name }) => `DROP INDEX ${name}`),
    ],
    create: [
      ...keys.map(add),
      ...indexes.map(({ name, definition }) => ({ name, sql: definition })),
      ...foreignKeys.map(add),
    ],
  };
}

/** Names come quoted as they have to be. A constraint that was inherited from a partitioned table is its parent's affair. */
function constraints(kind: string, relations: string): string {
  return `SELECT quote_ident(conname) AS name, conrelid::regclass::text AS relation,
      pg_get_constraintdef(oid) AS definition
    FROM pg_constraint
    WHERE ${kind} AND conparentid = 0 AND ${relations} && $1::regclass[]::oid[]
    ORDER BY oid`;
}
