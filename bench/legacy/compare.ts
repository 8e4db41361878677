import pg from 'pg';
import { line } from '../data/copy-text.js';
import { sendRows } from '../fill/send-rows.js';
import { oldRows, type OldRow } from './old-rows.js';
import { OLD_COLUMNS, OLD_TABLES, oldSchema, type OldTable } from './old-tables.js';

/** Columns of {@link OLD_COLUMNS} that are JSON there and here. */
const DOCUMENTS: readonly string[] = ['parameters', 'evaluations', 'artifact_file_paths'];

/**
 * Compares every sound row of the old database with what is in the new one, value by value, in both directions.
 * @returns how many are sound, and how many rows of which table differ: none, it is to be hoped
 */
export async function compareWithOld(
  url: string,
  experiments: number,
): Promise<{ readonly sound: number; readonly different: string[] }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`CREATE SCHEMA old; SET search_path = old; SET TimeZone = 'UTC'`);
    await client.query(oldSchema('TIMESTAMP WITH TIME ZONE'));
    let sound = 0;
    const different: string[] = [];
    for (const table of OLD_TABLES) {
      const write = ({ values }: OldRow): string => line(...values);
      const format = { table, columns: OLD_COLUMNS[table], write };
      sound += await sendRows(client, format, soundRows(table, experiments));
      const count = await countDifferences(client, table);
      if (count !== 0) different.push(`${count} rows of ${table}`);
    }
    await client.query('DROP SCHEMA old CASCADE');
    return { sound, different };
  } finally {
    await client.end();
  }
}

async function countDifferences(client: pg.Client, table: OldTable): Promise<number> {
  const there = OLD_COLUMNS[table].map((name) =>
    DOCUMENTS.includes(name) ? `nullif(${name}::jsonb, 'null')` : name,
  );
  const here = OLD_COLUMNS[table].join(', ');
  const [old, now] = [
    `SELECT ${there.join(', ')} FROM old.${table}`,
    `SELECT ${here} FROM public.${table}`,
  ];
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int FROM (((${old}) EXCEPT (${now})) UNION ALL ((${now}) EXCEPT (${old}))) AS d`,
  );
  return rows[0]?.count ?? NaN;
}

function* soundRows(table: OldTable, experiments: number): Generator<OldRow, void, void> {
  for (const row of oldRows(experiments)) {
    if (row.table === table && row.planted === undefined) yield row;
  }
}
