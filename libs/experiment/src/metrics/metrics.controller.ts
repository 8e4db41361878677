import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { searchTooSlow } from '#database';
import {
  Answers,
  ForWrite,
  jsonArray,
  jsonList,
  Within,
  type Access,
  type WriteRequest,
} from '#http';
import { experimentNotFound, experimentsNotFound } from '../experiment.errors.js';
import { AppendMetricsDto } from './dto/append-metrics.dto.js';
import { ExperimentPointDto, MetricPointDto, MetricSummaryDto } from './dto/metric.dto.js';
import { ManyMetricsQuery, MetricsQuery } from './dto/metrics.query.js';
import {
  metricsRequest,
  writeExperimentPoint,
  writePoint,
  writeSummary,
} from './metrics.mapper.js';
import { newPoints } from './new-points.js';
import { pointsQuotaExceeded } from '../quota/quota.errors.js';
import { MetricsService } from './metrics.service.js';

const manyNotFound = () =>
  experimentsNotFound([{ path: 'ids', message: 'names no experiment: "0198f2a4"' }]);

@ApiTags('Experiment')
@Controller('experiments')
export class MetricsController {
  constructor(private readonly metrics: MetricsService) {}

  @Post('id/:experiment_id/metrics')
  @Answers({
    id: 'appendMetrics',
    needs: 'editor',
    summary: 'Add points to learning curves',
    description: 'Points are only ever added, never changed. Concurrent requests lose nothing.',
    answer: 'What is kept of the metrics that were sent, by their keys.',
    ok: [MetricSummaryDto],
    takesBody: true,
    isWrite: true,
    problems: [experimentNotFound, pointsQuotaExceeded],
  })
  async append(
    @Param('experiment_id') experimentId: string,
    @Body() body: AppendMetricsDto,
    @ForWrite() request: WriteRequest,
  ) {
    return jsonList(
      await this.metrics.append(experimentId, newPoints(body), request),
      writeSummary,
    );
  }

  @Get('id/:experiment_id/metrics')
  @Answers({
    id: 'getMetrics',
    needs: 'viewer',
    summary: 'The learning curves of an experiment',
    answer: 'The points, by key, step, time and value; streamed.',
    ok: [MetricPointDto],
    takesQuery: true,
    problems: [experimentNotFound, searchTooSlow],
  })
  async get(
    @Param('experiment_id') experimentId: string,
    @Query() query: MetricsQuery,
    @Within() access: Access,
  ) {
    const points = await this.metrics.ofOne(experimentId, metricsRequest(query), access);
    return jsonArray(points, writePoint);
  }

  @Get('id/:experiment_id/metrics/summary')
  @Answers({
    id: 'getMetricSummaries',
    needs: 'viewer',
    summary: 'What is kept of the metrics of an experiment',
    description: 'The last, lowest and highest value of each, and how many points it has.',
    ok: [MetricSummaryDto],
    problems: [experimentNotFound],
  })
  async summaries(@Param('experiment_id') experimentId: string, @Within() access: Access) {
    return jsonList(await this.metrics.summaries(experimentId, access), writeSummary);
  }

  @Get('metrics')
  @Answers({
    id: 'getMetricsOfMany',
    needs: 'viewer',
    summary: 'The learning curves of several experiments',
    answer: 'The points, by the ids of the experiments, key, step, time and value; streamed.',
    ok: [ExperimentPointDto],
    takesQuery: true,
    problems: [manyNotFound, searchTooSlow],
  })
  async getOfMany(@Query() { ids, ...query }: ManyMetricsQuery, @Within() access: Access) {
    const request = { ...metricsRequest(query), experimentIds: ids };
    return jsonArray(await this.metrics.ofMany(request, access), writeExperimentPoint);
  }
}
