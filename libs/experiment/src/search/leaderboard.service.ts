import { Injectable } from '@nestjs/common';
import { Cursors } from '#paging';
import { parseFilter, parseSubject } from '#query';
import { EXPERIMENT_FIELDS } from '../experiment-fields.js';
import type { ExperimentRow } from '../experiment.types.js';
import { evaluationKey } from './evaluation-key.js';
import { evaluationNotFound, evaluationTooLong, FIELD } from './search.errors.js';
import { SearchReader, type FoundRow } from './search-reader.js';
import type { SearchQuestion } from './search-question.js';
import type { LeaderboardRequest, RankRequest } from './search-request.js';

/** A place in a ranking. */
export interface RankedExperiment {
  /** From 1; experiments with equal values share a rank, and the next one counts them all. */
  readonly rank: number;
  /** The number, NaN included; `null` where there is none. */
  readonly value: string | null;
  readonly experiment: ExperimentRow;
}

export interface Leaderboard {
  readonly ranked: readonly RankedExperiment[];
  readonly nextCursor: string | undefined;
}

/** What a page has to know of the one before to go on counting. */
interface Standing {
  readonly position: number;
  readonly rank: number;
  readonly value: string | null;
}

const START: Standing = { position: 0, rank: 0, value: null };

/** Ranks experiments by an evaluation. */
@Injectable()
export class LeaderboardService {
  constructor(
    private readonly reader: SearchReader,
    private readonly cursors: Cursors,
  ) {}

  /** @throws CodedError `INVALID_FILTER`, `INVALID_FIELD` or `INVALID_CURSOR` */
  async page(request: LeaderboardRequest): Promise<Leaderboard> {
    const { evaluation, where, modelId, projectId, order, limit, cursor } = request;
    const question = questionOf(request);
    const sealer = await this.cursors.sealer();
    const asked = JSON.stringify(['rank', evaluation, where, modelId, projectId, order]);
    const resumed = cursor === undefined ? [] : sealer.open(asked, cursor);
    const [segment, position, rank, value, ...values] = resumed as [
      number,
      number,
      number,
      string | null,
      ...string[],
    ];
    const isResumed = cursor !== undefined;
    const page = await this.reader.read<ExperimentRow>(question, {
      limit,
      after: isResumed ? { segment, values } : undefined,
    });
    const ranked = rankAll(page.found, isResumed ? { position, rank, value } : START);
    const last = page.found.at(-1);
    const standing = ranked.at(-1);
    const next = page.isMore &&
      last &&
      standing && [
        last.place.segment,
        (isResumed ? position : 0) + ranked.length,
        standing.rank,
        standing.value,
        ...last.place.values,
      ];
    return { ranked, nextCursor: next ? sealer.seal(asked, next) : undefined };
  }

  /**
   * The experiment with the best number.
   * @throws CodedError `EVALUATION_NOT_FOUND` when no experiment has one
   */
  async best(request: RankRequest): Promise<ExperimentRow> {
    const { found } = await this.reader.read<ExperimentRow>(questionOf(request), {
      limit: 1,
    });
    const [first] = found;
    if (first?.place.segment !== 0) throw evaluationNotFound();
    return first.row;
  }
}

function questionOf({ evaluation, where, modelId, projectId, order }: RankRequest): SearchQuestion {
  const subject = parseSubject(evaluation, EXPERIMENT_FIELDS, {
    ...FIELD,
    below: 'evaluations',
    path: 'evaluation',
  });
  if (evaluationKey(subject) === undefined) throw evaluationTooLong();
  return {
    modelId,
    projectId,
    filter: where === undefined ? undefined : parseFilter(where, EXPERIMENT_FIELDS),
    orderings: [{ subject, descending: order === 'desc' }],
  };
}

function rankAll(found: readonly FoundRow<ExperimentRow>[], start: Standing): RankedExperiment[] {
  let { position, rank, value } = start;
  return found.map(({ row, place }) => {
    position += 1;
    const current = valueOf(place);
    if (current !== value || rank === 0) rank = position;
    value = current;
    return { rank, value, experiment: row };
  });
}

/** The value that a place in an order by an evaluation stands for. */
function valueOf({ segment, values }: FoundRow<unknown>['place']): string | null {
  if (segment === 0) return values[0] ?? null;
  return segment === 1 ? 'NaN' : null;
}
