import 'reflect-metadata';
import { connectionOptions } from '#database';
import { loadConfig } from '#config';
import {
  ExperimentEntity,
  ExperimentEvaluationEntity,
  MetricPointEntity,
  MetricSeriesEntity,
} from '#experiment';
import { IdempotencyKeyEntity } from '#idempotency';
import { ModelEntity } from '#model';
import { ProjectEntity, ProjectMemberEntity } from '#project';
import { DataSource } from 'typeorm';

const config = loadConfig();
if (config.databaseUrl === undefined) throw new Error('Set DATABASE_URL for the TypeORM CLI.');

/** The TypeORM CLI's view of the database: `npm run typeorm -- migration:show`. */
export default new DataSource({
  ...connectionOptions({ ...config, databaseUrl: config.databaseUrl }),
  entities: [
    ProjectEntity,
    ProjectMemberEntity,
    ModelEntity,
    ExperimentEntity,
    ExperimentEvaluationEntity,
    MetricSeriesEntity,
    MetricPointEntity,
    IdempotencyKeyEntity,
  ],
});
