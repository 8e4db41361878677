import { Injectable } from '@nestjs/common';
import { Reads } from '#database';
import type { Access } from '#http';
import { Cursors, once, type List, type ListRequest } from '#paging';
import { parseFilter, type Ordering } from '#query';
import { EXPERIMENT_FIELDS } from '../experiment-fields.js';
import type { ExperimentRow, ExperimentScope } from '../experiment.types.js';
import {
  fromCursor,
  toCursor,
  visibleScope,
  type SearchPlace,
  type SearchQuestion,
} from './search-question.js';
import { SearchReader } from './search-reader.js';

/** Rows that are read at once when the whole list is. */
const CHUNK_ROWS = 200;
const NEWEST_FIRST: Ordering = {
  subject: { path: ['created_datetime'], line: 1, column: 1 },
  descending: true,
};

/** Lists of experiments for which a condition holds: found as a search finds them, in the order of every list. */
@Injectable()
export class FilteredListService {
  constructor(
    private readonly reader: SearchReader,
    private readonly cursors: Cursors,
    private readonly reads: Reads,
  ) {}

  /** @throws CodedError `INVALID_FILTER` or `INVALID_CURSOR` */
  async list(
    scope: ExperimentScope,
    where: string,
    { limit, cursor, order }: ListRequest,
    access: Access,
  ): Promise<List<ExperimentRow>> {
    const question: SearchQuestion = {
      ...visibleScope(
        {
          modelId: scope.kind === 'model_id' ? scope.value : undefined,
          projectId: scope.kind === 'project_id' ? scope.value : undefined,
        },
        access,
        this.reads,
      ),
      filter: parseFilter(where, EXPERIMENT_FIELDS),
      orderings: order === 'desc' ? [NEWEST_FIRST] : [],
    };
    const sealer = await this.cursors.sealer();
    const asked = JSON.stringify(['list', scope, order ?? 'asc', where]);
    const after = cursor === undefined ? undefined : fromCursor(sealer.open(asked, cursor));
    if (limit === undefined) return { pages: this.pages(question, CHUNK_ROWS, after) };
    const { found, isMore } = await this.reader.read<ExperimentRow>(question, { limit, after });
    const last = found.at(-1)?.place;
    return {
      pages: once(found.map(({ row }) => row)),
      nextCursor: isMore && last ? sealer.seal(asked, toCursor(last)) : undefined,
    };
  }

  private async *pages(
    question: SearchQuestion,
    limit: number,
    start: SearchPlace | undefined,
  ): AsyncGenerator<ExperimentRow[], void, void> {
    for (let after = start; ;) {
      const { found, isMore } = await this.reader.read<ExperimentRow>(question, { limit, after });
      if (found.length > 0) yield found.map(({ row }) => row);
      after = found.at(-1)?.place;
      if (!isMore || after === undefined) return;
    }
  }
}
