import { Injectable } from '@nestjs/common';
import { Database, readPages, Reads, type Readable } from '#database';
import { notPermitted } from '#errors';
import type { Access, WriteRequest } from '#http';
import { Writes } from '#idempotency';
import { experimentNotFound, experimentsNotFound } from '../experiment.errors.js';
import { QuotaService } from '../quota/quota.service.js';
import { REDUCED_POINTS } from './metric-limits.js';
import * as sql from './metrics.sql.js';
import type {
  MetricPointRow,
  MetricsRequest,
  MetricSummaryRow,
  NewPoints,
} from './metrics.types.js';

/** Pages of points. */
export type Points = AsyncGenerator<MetricPointRow[], void, void>;

/** The point after which a page starts. */
type Place = readonly [
  experimentId: string,
  key: string,
  step: string,
  time: string,
  value: string,
];

/** Metrics of experiments: learning curves, point by point, and what is kept of them. */
@Injectable()
export class MetricsService {
  constructor(
    private readonly database: Database,
    private readonly reads: Reads,
    private readonly writes: Writes,
    private readonly quotas: QuotaService,
  ) {}

  /**
   * Adds points; those that are there already, alike in everything, are left out.
   * @returns what is kept of their metrics now
   */
  async append(
    experimentId: string,
    points: NewPoints,
    request: WriteRequest,
  ): Promise<readonly MetricSummaryRow[]> {
    const { keys, times, keyPlaces, timePlaces, steps, values: numbers } = points;
    const { access } = request.caller;
    const sent = [keys, times, keyPlaces, timePlaces, steps, numbers];
    const values = [experimentId, ...sent, access.projects('editor')];
    const rows = await this.writes.query<MetricSummaryRow>(sql.APPEND, values, request, () =>
      this.quotas.takeForPoints(experimentId, numbers.length, access),
    );
    if (rows.length > 0) return rows;
    await this.requireOne(experimentId, access);
    throw access.hasEverywhere('editor') ? experimentNotFound() : notPermitted();
  }

  async summaries(experimentId: string, access: Access): Promise<readonly MetricSummaryRow[]> {
    await this.requireOne(experimentId, access);
    return this.database.query<MetricSummaryRow>(sql.SUMMARIES, [experimentId]);
  }

  /** The points of one experiment. */
  async ofOne(
    experimentId: string,
    request: Omit<MetricsRequest, 'experimentIds'>,
    access: Access,
  ): Promise<Points> {
    await this.requireOne(experimentId, access);
    return this.points({ ...request, experimentIds: [experimentId] }, access);
  }

  /**
   * The points of several experiments, by their ids.
   * @throws CodedError `EXPERIMENT_NOT_FOUND` that names each that is not there, or not to be seen
   */
  async ofMany(request: MetricsRequest, access: Access): Promise<Points> {
    const live = new Set(await this.live(request.experimentIds, access));
    const missing = request.experimentIds.filter((id) => !live.has(id));
    if (missing.length === 0) return this.points(request, access);
    throw experimentsNotFound(
      missing.map((id) => ({ path: 'ids', message: `names no experiment: ${JSON.stringify(id)}` })),
    );
  }

  private points(request: MetricsRequest, access: Access): Points {
    const { experimentIds, keys = null, maxPoints } = request;
    const from = this.reads.since(access.fresh);
    if (maxPoints === undefined) return this.walk(from, experimentIds, keys);
    return this.reduce(from, experimentIds, keys, maxPoints);
  }

  /** Some series at a time, however many there are: as many as make a page together. */
  private async *reduce(
    from: Readable,
    experimentIds: readonly string[],
    keys: readonly string[] | null,
    maxPoints: number,
  ): Points {
    const asked = [experimentIds, keys];
    const series = await from.records.query<MetricPointRow>(sql.SERIES, asked);
    const size = Math.ceil(REDUCED_POINTS.max / maxPoints);
    for (let start = 0; start < series.length; start += size) {
      const some = series.slice(start, start + size);
      const pairs = [some.map((one) => one.experiment_id), some.map((one) => one.key)];
      yield await from.searches.query(sql.REDUCED, [...pairs, String(maxPoints)]);
    }
  }

  private walk(
    from: Readable,
    experimentIds: readonly string[],
    keys: readonly string[] | null,
  ): Points {
    return readPages<MetricPointRow, Place>({
      after: ['', '', '0', '-infinity', '0'],
      read: (after) => from.records.query(sql.POINTS, [experimentIds, keys, ...after]),
      keyOf: (last) => [last.experiment_id, last.key, last.step, last.timestamp, last.value],
      isFull: (page) => page.length === sql.PAGE_POINTS,
    });
  }

  private async requireOne(experimentId: string, access: Access): Promise<void> {
    const [found] = await this.live([experimentId], access);
    if (found === undefined) throw experimentNotFound();
  }

  private async live(ids: readonly string[], access: Access): Promise<string[]> {
    const values = [ids, access.projects('viewer')];
    const rows = await this.database.query<{ experiment_id: string }>(sql.LIVE, values);
    return rows.map(({ experiment_id: id }) => id);
  }
}
