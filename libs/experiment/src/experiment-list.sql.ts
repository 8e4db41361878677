import { hasLiveParent, isLive, keyset, statement, type Statement } from '#database';
import { columnsOf } from './experiment.sql.js';
import type { ExperimentRow, ExperimentScope } from './experiment.types.js';

/** Rows of a page at most. */
const PAGE_ROWS = 1000;
/** A page ends after the row that reaches this many bytes of content: memory does not depend on what is stored. */
const PAGE_BYTES = 1_048_576;

/** A row of a page, with the bytes of content up to and including it. */
export interface ListedExperiment extends ExperimentRow {
  readonly bytes_so_far: string;
}

/** Whether more rows may follow: the page has reached one of its limits. */
export function isFull(page: readonly ListedExperiment[]): boolean {
  return page.length === PAGE_ROWS || Number(page.at(-1)?.bytes_so_far) >= PAGE_BYTES;
}

function list(name: string, scope?: 'model_id' | 'project_id'): Statement {
  const range = scope && { column: scope, value: '$3' };
  const walk = keyset('e', 'experiment_id', range);
  return statement(
    `experiment.list_${name}`,
    `SELECT ${columnsOf('page')}, page.bytes_so_far
     FROM (
       SELECT e.*, sum(e.content_bytes) OVER (
         ORDER BY ${walk.orderBy} ROWS UNBOUNDED PRECEDING) AS bytes_so_far
       FROM experiments e
       WHERE ${walk.where} AND ${isLive('e')}
         AND ${hasLiveParent('e', 'models', 'model_id')}
         AND ${hasLiveParent('e', 'projects', 'project_id')}
       ORDER BY ${walk.orderBy}
       LIMIT ${String(PAGE_ROWS)}
     ) page
     WHERE page.bytes_so_far - page.content_bytes < ${String(PAGE_BYTES)}
     ORDER BY ${keyset('page', 'experiment_id', range).orderBy}`,
  );
}

export const LIST: Record<ExperimentScope['kind'], Statement> = {
  all: list('all'),
  model_id: list('by_model', 'model_id'),
  project_id: list('by_project', 'project_id'),
};
