import type pg from 'pg';

/** What a plan did, when it was carried out. */
export interface Work {
  /** Tables that were read from start to end. */
  readonly sequentialScans: readonly string[];
  /** Rows and index entries that were looked at. */
  readonly visited: number;
  /** Blocks of 8 KiB of tables and indexes that were read, from memory or not. */
  readonly blocks: number;
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

/** Carries a statement out and tells what that took. Counts, not times: they are the same on any machine. */
export async function workOf(
  sql: pg.Client,
  text: string,
  values: readonly unknown[],
): Promise<Work> {
  const { rows } = await sql.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
    `EXPLAIN (ANALYZE, TIMING OFF, BUFFERS ON, FORMAT JSON) ${text}`,
    [...values],
  );
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

function visitedBy(node: PlanNode): number {
  const removed =
    (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0);
  return (node['Actual Rows'] + removed) * node['Actual Loops'];
}

function flatten(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)];
}
