import { numberJson, type JsonText } from '#http';
import { writeExperiment } from '../experiment.mapper.js';
import type { SearchAnswer } from './experiment-search.service.js';
import type { BestQueryDto, LeaderboardQueryDto } from './dto/rank-query.dto.js';
import type { SearchDto } from './dto/search.dto.js';
import { oneMeasure } from './search.errors.js';
import type { LeaderboardRequest, Measure, RankRequest, SearchRequest } from './search-request.js';
import type { RankedExperiment } from './standing.js';
import { isText, type SelectedField, type SelectedRow } from './selection.js';

const SEARCH_LIMIT = 50;
const LEADERBOARD_LIMIT = 10;

export function searchRequest(dto: SearchDto): SearchRequest {
  return {
    where: dto.where ?? undefined,
    projectId: dto.project_id ?? undefined,
    modelId: dto.model_id ?? undefined,
    orderBy: dto.order_by ?? [],
    fields: dto.fields ?? undefined,
    limit: dto.limit ?? SEARCH_LIMIT,
    cursor: dto.cursor ?? undefined,
    count: dto.count ?? false,
  };
}

export function bestRequest(query: BestQueryDto): RankRequest {
  const { order = 'desc', where } = query;
  return { measure: measureOf(query), order, where };
}

export function leaderboardRequest(query: LeaderboardQueryDto): LeaderboardRequest {
  const { order = 'desc', where, limit = LEADERBOARD_LIMIT, cursor } = query;
  const { model_id: modelId, project_id: projectId } = query;
  return { measure: measureOf(query), order, where, limit, cursor, modelId, projectId };
}

/** One of the two. */
function measureOf({ evaluation, metric }: BestQueryDto): Measure {
  if (evaluation !== undefined && metric === undefined) {
    return { document: 'evaluations', path: evaluation };
  }
  if (metric !== undefined && evaluation === undefined)
    return { document: 'metrics', path: metric };
  throw oneMeasure();
}

/** Writes the answer of a search as JSON. */
export function writeSearchAnswer({ experiments, nextCursor, count }: SearchAnswer): JsonText {
  const { selection, rows } = experiments;
  const written =
    selection === undefined ? rows.map(writeExperiment) : rows.map(selectionWriter(selection));
  const members = [
    `"experiments":[${written.join(',')}]`,
    `"next_cursor":${JSON.stringify(nextCursor ?? null)}`,
  ];
  if (count !== undefined) members.push(`"count":${count}`);
  return `{${members.join(',')}}`;
}

/** Writes the selected fields of a row as a JSON object, under the names that were asked for. */
function selectionWriter(selection: readonly SelectedField[]): (row: SelectedRow) => JsonText {
  const plan = selection.map((field) => ({
    column: field.column,
    prefix: `${JSON.stringify(field.name)}:`,
    quoted: isText(field),
  }));
  return (row) => {
    const members = plan.map(({ column, prefix, quoted }) => {
      const value = row[column] ?? null;
      return prefix + (value === null || !quoted ? String(value) : JSON.stringify(value));
    });
    return `{${members.join(',')}}`;
  };
}

/** Writes a page of a leaderboard as JSON. */
export function writeLeaderboard(ranked: readonly RankedExperiment[]): JsonText {
  const places = ranked.map(({ rank, value, experiment }) => {
    const number = value === null ? 'null' : numberJson(value);
    return `{"rank":${String(rank)},"value":${number},"experiment":${writeExperiment(experiment)}}`;
  });
  return `[${places.join(',')}]`;
}
