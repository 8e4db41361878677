import { Module, type DynamicModule } from '@nestjs/common';
import { ModelModule } from '#model';
import { PagingModule } from '#paging';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ComparisonController } from './comparison/comparison.controller.js';
import { ComparisonService } from './comparison/comparison.service.js';
import { ExperimentEvaluationEntity } from './experiment-evaluation.entity.js';
import { ExperimentBatchController } from './batch/experiment-batch.controller.js';
import { ExperimentBatchService } from './batch/experiment-batch.service.js';
import { ExperimentHistoryController } from './experiment-history.controller.js';
import { ExperimentController } from './experiment.controller.js';
import { ExperimentListController } from './experiment-list.controller.js';
import { ExperimentEntity } from './experiment.entity.js';
import { ExperimentService } from './experiment.service.js';
import { BestExperimentController } from './search/best-experiment.controller.js';
import { ExperimentSearchController } from './search/experiment-search.controller.js';
import { ExperimentSearchService } from './search/experiment-search.service.js';
import { FilteredListService } from './search/filtered-list.service.js';
import { LeaderboardService } from './search/leaderboard.service.js';
import { SearchReader } from './search/search-reader.js';
import { MetricPointEntity } from './metrics/metric-point.entity.js';
import { MetricSeriesEntity } from './metrics/metric-series.entity.js';
import { MetricsController } from './metrics/metrics.controller.js';
import { MetricsService } from './metrics/metrics.service.js';
import { QUOTAS, QuotaService, type Quotas } from './quota/quota.service.js';
import { ModelStatisticsController } from './statistics/model-statistics.controller.js';
import { ProjectStatisticsController } from './statistics/project-statistics.controller.js';
import { StatisticsService } from './statistics/statistics.service.js';

@Module({
  imports: [
    ModelModule,
    PagingModule,
    TypeOrmModule.forFeature([
      ExperimentEntity,
      ExperimentEvaluationEntity,
      MetricSeriesEntity,
      MetricPointEntity,
    ]),
  ],
  controllers: [
    ExperimentListController,
    ExperimentController,
    ExperimentHistoryController,
    ExperimentBatchController,
    ExperimentSearchController,
    BestExperimentController,
    ComparisonController,
    MetricsController,
    ModelStatisticsController,
    ProjectStatisticsController,
  ],
  providers: [
    ExperimentService,
    ExperimentBatchService,
    SearchReader,
    FilteredListService,
    ExperimentSearchService,
    LeaderboardService,
    ComparisonService,
    MetricsService,
    StatisticsService,
    QuotaService,
  ],
})
export class ExperimentModule {
  static forRoot(quotas: Quotas): DynamicModule {
    return {
      module: ExperimentModule,
      providers: [{ provide: QUOTAS, useValue: quotas }],
    };
  }
}
