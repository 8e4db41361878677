import { Injectable } from '@nestjs/common';
import { Reads } from '#database';
import type { Access } from '#http';
import { ModelService } from '#model';
import { Cursors } from '#paging';
import { parseFilter, parseSubject } from '#query';
import { EXPERIMENT_FIELDS } from '../experiment-fields.js';
import type { ExperimentRow } from '../experiment.types.js';
import { evaluationKey } from './evaluation-key.js';
import { evaluationNotFound, evaluationTooLong, FIELD } from './search.errors.js';
import { fromCursor, toCursor, visibleScope, type SearchQuestion } from './search-question.js';
import { SearchReader } from './search-reader.js';
import type { LeaderboardRequest, RankRequest } from './search-request.js';
import { Standing, type RankedExperiment } from './standing.js';

export interface Leaderboard {
  readonly ranked: readonly RankedExperiment[];
  readonly nextCursor: string | undefined;
}

/** Ranks experiments by an evaluation or by what is kept of a metric. */
@Injectable()
export class LeaderboardService {
  constructor(
    private readonly reader: SearchReader,
    private readonly cursors: Cursors,
    private readonly reads: Reads,
    private readonly models: ModelService,
  ) {}

  /** @throws CodedError `INVALID_FILTER`, `INVALID_FIELD` or `INVALID_CURSOR` */
  async page(request: LeaderboardRequest, access: Access): Promise<Leaderboard> {
    const { measure, where, modelId, projectId, order, limit, cursor } = request;
    const question = this.questionOf(request, access);
    const sealer = await this.cursors.sealer();
    const asked = JSON.stringify([
      'rank',
      measure.document,
      measure.path,
      where,
      modelId,
      projectId,
      order,
    ]);
    const [standing, place] =
      cursor === undefined
        ? [Standing.atStart(), undefined]
        : Standing.fromCursor(sealer.open(asked, cursor));
    const page = await this.reader.read<ExperimentRow>(question, {
      limit,
      after: place && fromCursor(place),
    });
    const ranked = page.found.map((found) => standing.next(found));
    const last = page.found.at(-1)?.place;
    const next = page.isMore && last && standing.toCursor(toCursor(last));
    return { ranked, nextCursor: next ? sealer.seal(asked, next) : undefined };
  }

  /**
   * The experiment of a model with the best number.
   * @throws CodedError `EVALUATION_NOT_FOUND` when no experiment has one, `MODEL_NOT_FOUND`
   */
  async best(modelId: string, request: RankRequest, access: Access): Promise<ExperimentRow> {
    const question = this.questionOf({ ...request, modelId }, access);
    const first = await this.reads.ask(
      access.fresh,
      async (from) => {
        const page = await this.reader.read<ExperimentRow>({ ...question, from }, { limit: 1 });
        return page.found.find(({ place }) => place.segment === 'numbers');
      },
      (found) => found !== undefined,
    );
    if (first) return first.row;
    await this.models.get(modelId, access);
    throw evaluationNotFound();
  }

  private questionOf(request: RankRequest, access: Access): SearchQuestion {
    const { measure, where, order } = request;
    const { document, path } = measure;
    const subject = parseSubject(path, EXPERIMENT_FIELDS, {
      ...FIELD,
      below: document,
      path: document === 'metrics' ? 'metric' : 'evaluation',
    });
    if (evaluationKey(subject) === undefined) throw evaluationTooLong();
    return {
      ...visibleScope(request, access, this.reads),
      filter: where === undefined ? undefined : parseFilter(where, EXPERIMENT_FIELDS),
      orderings: [{ subject, descending: order === 'desc' }],
    };
  }
}
