import pg from 'pg';
import type { Statement, Value } from '#database';

/** What a plan did, when it was carried out. */
export interface Work {
  /** Tables that were read from start to end. */
  readonly sequentialScans: readonly string[];
  /** Rows and index entries that were looked at. */
  readonly visited: number;
  /** Blocks of 8 KiB of tables and indexes that were read, from memory or not. */
  readonly blocks: number;
}

interface Explained {
  readonly 'QUERY PLAN': [{ readonly Plan: PlanNode }];
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly PlanNode[];
}

/**
 * Carries a statement out and tells what that took. Counts, not times: they are the same on any machine. What is prepared is
 * planned without its values, as on the connections of the service.
 */
export async function workOf(
  sql: pg.Client,
  { prepared, text }: Pick<Statement, 'prepared' | 'text'>,
  values: readonly Value[],
): Promise<Work> {
  const explain = 'EXPLAIN (ANALYZE, TIMING OFF, BUFFERS ON, FORMAT JSON)';
  const { rows } = prepared
    ? await explainPrepared(sql, explain, text, values)
    : await sql.query<Explained>(`${explain} ${text}`, [...values]);
  const roots = rows.map((row) => row['QUERY PLAN'][0].Plan);
  const nodes = roots.flatMap(flatten);
  const scans = nodes.filter((node) => node['Node Type'].endsWith(' Scan'));
  return {
    sequentialScans: scans.flatMap((node) =>
      node['Node Type'] === 'Seq Scan' && node['Actual Loops'] > 0
        ? [node['Relation Name'] ?? '']
        : [],
    ),
    visited: scans.reduce((sum, node) => sum + visitedBy(node), 0),
    blocks: roots.reduce((sum, r) => sum + r['Shared Hit Blocks'] + r['Shared Read Blocks'], 0),
  };
}

async function explainPrepared(
  sql: pg.Client,
  explain: string,
  text: string,
  values: readonly Value[],
): Promise<pg.QueryResult<Explained>> {
  await sql.query(`SET plan_cache_mode = force_generic_plan; PREPARE tried AS ${text}`);
  try {
    const given = values.length > 0 ? `(${values.map(literal).join(', ')})` : '';
    return await sql.query(`${explain} EXECUTE tried ${given}`);
  } finally {
    await sql.query('DEALLOCATE tried; RESET plan_cache_mode');
  }
}

/** Without a type, so that it becomes that of the parameter. */
function literal(value: Value): string {
  if (value === null || typeof value === 'boolean') return String(value);
  return pg.escapeLiteral(typeof value === 'string' ? value : `{${value.map(item).join(',')}}`);
}

function item(value: string | number | null): string {
  return value === null ? 'NULL' : JSON.stringify(String(value));
}

function visitedBy(node: PlanNode): number {
  const removed =
    (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0);
  return (node['Actual Rows'] + removed) * node['Actual Loops'];
}

function flatten(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)];
}
