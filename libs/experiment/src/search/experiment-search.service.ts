import { Injectable } from '@nestjs/common';
import { Reads } from '#database';
import type { Access } from '#http';
import { Cursors } from '#paging';
import { parseFilter, parseOrdering, type Bindings } from '#query';
import { EXPERIMENT_FIELDS } from '../experiment-fields.js';
import type { ExperimentRow } from '../experiment.types.js';
import { SearchReader } from './search-reader.js';
import { fromCursor, toCursor, visibleScope, type SearchQuestion } from './search-question.js';
import type { SearchRequest } from './search-request.js';
import { selectFields, selectionSql, type SelectedField, type SelectedRow } from './selection.js';

/** The experiments of an answer: whole, or what was selected of them. */
export type FoundExperiments =
  | { readonly selection: undefined; readonly rows: readonly ExperimentRow[] }
  | { readonly selection: readonly SelectedField[]; readonly rows: readonly SelectedRow[] };

/** The answer to a search. */
export interface SearchAnswer {
  readonly experiments: FoundExperiments;
  readonly nextCursor: string | undefined;
  /** How many the whole answer has, where that was asked for. */
  readonly count: string | undefined;
}

/** Searches experiments. */
@Injectable()
export class ExperimentSearchService {
  constructor(
    private readonly reader: SearchReader,
    private readonly cursors: Cursors,
    private readonly reads: Reads,
  ) {}

  /**
   * @throws CodedError `INVALID_FILTER`, `INVALID_ORDER`, `INVALID_FIELD` or `INVALID_CURSOR`; `SEARCH_TOO_SLOW` when no
   *   index helps
   */
  async search(request: SearchRequest, access: Access): Promise<SearchAnswer> {
    const { where, modelId, projectId, orderBy, limit, cursor } = request;
    const question: SearchQuestion = {
      ...visibleScope(request, access, this.reads),
      filter: where === undefined ? undefined : parseFilter(where, EXPERIMENT_FIELDS),
      orderings: orderBy.map((text, index) =>
        parseOrdering(text, EXPERIMENT_FIELDS, { path: `order_by[${String(index)}]` }),
      ),
    };
    const selection = request.fields && selectFields(request.fields);
    const sealer = await this.cursors.sealer();
    const asked = JSON.stringify(['search', where, modelId, projectId, orderBy]);
    const after = cursor === undefined ? undefined : fromCursor(sealer.open(asked, cursor));
    const columns =
      selection && ((bindings: Bindings): string => selectionSql(selection, bindings));
    const [page, count] = await Promise.all([
      this.reader.read<ExperimentRow & SelectedRow>(question, { limit, after, columns }),
      request.count ? this.reader.count(question) : undefined,
    ]);
    const last = page.found.at(-1)?.place;
    return {
      experiments: { selection, rows: page.found.map(({ row }) => row) },
      nextCursor: page.isMore && last ? sealer.seal(asked, toCursor(last)) : undefined,
      count,
    };
  }
}
