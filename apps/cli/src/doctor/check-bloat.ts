import { adHocStatement, type Database } from '#database';
import { Findings, type Finding } from './finding.js';

/** Smaller ones are not worth a thought. */
export const BLOAT_FROM_BYTES = 64 * 1024 * 1024;
/** So many times what it would take when made anew is too much: half full is usual. */
const TOO_LARGE = '3';

/**
 * Indexes of at least `$1` bytes that take several times of what their rows should, as estimated: the average widths of
 * their columns with what each entry needs besides, on pages that are nine tenths full.
 * How many rows there are was counted some time ago, and has grown as the table has since.
 */
const INDEXES = adHocStatement(
  'doctor.bloated_indexes',
  `SELECT name, pg_size_pretty(bytes) AS size, pg_size_pretty(expected::bigint) AS expected FROM (
     SELECT c.relname AS name, pg_relation_size(c.oid) AS bytes,
       16384 + c.reltuples * greatest(1, u.n_live_tup / t.reltuples) * (20 + sum(coalesce(s.avg_width, 32))) / 0.9 AS expected
     FROM pg_index i
     JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am am ON am.oid = c.relam AND am.amname = 'btree'
     JOIN pg_class t ON t.oid = i.indrelid AND t.relnamespace = current_schema()::regnamespace
     JOIN pg_stat_user_tables u ON u.relid = t.oid
     JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (i.indkey)
     LEFT JOIN pg_stats s ON s.schemaname = current_schema() AND s.tablename = t.relname AND s.attname = a.attname
     WHERE t.reltuples > 0
     GROUP BY c.oid, c.relname, c.reltuples, u.n_live_tup, t.reltuples) estimate
   WHERE bytes >= $1::bigint AND bytes > ${TOO_LARGE} * expected ORDER BY name`,
);

/** Tables of which more than half is left over from what was changed or deleted. */
const TABLES = adHocStatement(
  'doctor.bloated_tables',
  `SELECT relname AS name, n_dead_tup::text AS dead FROM pg_stat_user_tables
   WHERE schemaname = current_schema() AND n_dead_tup > n_live_tup AND pg_relation_size(relid) >= $1::bigint
   ORDER BY relname`,
);

/** Whether tables and indexes take much more room than their rows need. */
export async function checkBloat(database: Database, fromBytes: number): Promise<Finding[]> {
  const found = new Findings('bloat');
  const values = [String(fromBytes)];
  const indexes = await database.query<Record<'name' | 'size' | 'expected', string>>(
    INDEXES,
    values,
  );
  for (const { name, size, expected } of indexes) {
    found.warning(
      `The index ${name} takes ${size}; made anew, it would take about ${expected}.`,
      `REINDEX INDEX CONCURRENTLY ${name};`,
    );
  }
  const tables = await database.query<Record<'name' | 'dead', string>>(TABLES, values);
  for (const { name, dead } of tables) {
    found.warning(
      `The table ${name} has ${dead} dead rows, more than live ones.`,
      `VACUUM (ANALYZE) ${name}; and if they stay, end the transaction that holds them (pg_stat_activity).`,
    );
  }
  return found.list;
}
