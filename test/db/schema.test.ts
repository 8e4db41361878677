import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectionOptions, migrate } from '#database';
import {
  ExperimentEntity,
  ExperimentEvaluationEntity,
  MetricPointEntity,
  MetricSeriesEntity,
} from '#experiment';
import { IdempotencyKeyEntity } from '#idempotency';
import { ModelEntity } from '#model';
import { ProjectEntity } from '#project';
import { DataSource } from 'typeorm';
import { createDatabase, type TestDatabase } from '../support/database.js';

let migrated: TestDatabase;
let empty: TestDatabase;
beforeAll(async () => {
  migrated = await createDatabase();
  empty = await createDatabase('template0');
});
afterAll(() => Promise.all([migrated.drop(), empty.drop()]));

const options = (databaseUrl: string) =>
  connectionOptions({
    databaseUrl,
    poolSize: 1,
    poolWaitMs: 5000,
    queueSize: 10,
    statementTimeoutMs: 5000,
  });

describe('the migrations', () => {
  it('run once among many that start together, and again do nothing', async () => {
    const runs = await Promise.all(Array.from({ length: 5 }, () => migrate(empty.url)));
    expect(runs.filter((names) => names.length > 0)).toHaveLength(1);
    expect(await migrate(empty.url)).toEqual([]);
  });

  it('make exactly what the entities describe', async () => {
    const dataSource = new DataSource({
      ...options(empty.url),
      entities: [
        ProjectEntity,
        ModelEntity,
        ExperimentEntity,
        ExperimentEvaluationEntity,
        MetricSeriesEntity,
        MetricPointEntity,
        IdempotencyKeyEntity,
      ],
    });
    await dataSource.initialize();
    try {
      const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
      expect(upQueries.map(({ query }) => query)).toEqual([]);
    } finally {
      await dataSource.destroy();
    }
  });

  it('can be undone', async () => {
    const dataSource = new DataSource({ ...options(empty.url) });
    await dataSource.initialize();
    try {
      let left = dataSource.migrations.length;
      for (; left > 0; left -= 1) await dataSource.undoLastMigration();
      const { rows } = await empty.sql.query(
        `SELECT FROM pg_tables WHERE tablename IN ('projects', 'models', 'experiments', 'experiment_evaluations', 'service_secrets', 'idempotency_keys', 'metric_series', 'metric_points', 'api_keys', 'project_members', 'audit_events', 'audit_seals')`,
      );
      expect(rows).toEqual([]);
    } finally {
      await dataSource.destroy();
    }
  });
});

describe('the database as referee', () => {
  const refuses = async (sql: string, constraint: string) => {
    await expect(migrated.sql.query(sql)).rejects.toMatchObject({ constraint });
  };

  it('names every constraint and index by hand', async () => {
    const { rows } = await migrated.sql.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relkind = 'i' AND relnamespace = 'public'::regnamespace
       UNION ALL
       SELECT conname FROM pg_constraint
       WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'u', 'f', 'c')`,
    );
    const ours = rows
      .map(({ name }) => name)
      .filter((name) => !/migrations|metadata|^PK_/.test(name));
    for (const name of ours) {
      expect(name).toMatch(
        /^(pk|uq|ix|fk|ck)_(projects|models|experiments|experiment_evaluations|service_secrets|idempotency_keys|metric_series|metric_points|api_keys|project_members|audit_events|audit_seals)/,
      );
    }
  });

  it('refuses what the service would never send', async () => {
    await migrated.sql.query(`INSERT INTO projects (project_id, project_name) VALUES ('p', 'p')`);
    await migrated.sql.query(
      `INSERT INTO models (model_id, project_id, model_name) VALUES ('m', 'p', 'm')`,
    );
    await refuses(
      `INSERT INTO projects (project_id, project_name) VALUES ('q', 'p')`,
      'uq_projects_project_name',
    );
    await refuses(
      `INSERT INTO models (model_id, project_id, model_name) VALUES ('n', 'x', 'm')`,
      'fk_models_project_id',
    );
    await refuses(
      `INSERT INTO experiments (experiment_id, project_id, model_id, model_version_id) VALUES ('e', 'x', 'm', 'v')`,
      'fk_experiments_model_id',
    );
    await refuses(
      `INSERT INTO experiments (experiment_id, project_id, model_id, model_version_id, parameters) VALUES ('e', 'p', 'm', 'v', '[]')`,
      'ck_experiments_parameters',
    );
  });

  it('indexes every foreign key', async () => {
    const { rows } = await migrated.sql.query(
      `SELECT c.conname FROM pg_constraint c
       WHERE c.contype = 'f' AND NOT EXISTS (
         SELECT FROM pg_index i
         WHERE i.indrelid = c.conrelid AND i.indpred IS NULL
           AND i.indkey[0] = ANY (c.conkey))`,
    );
    expect(rows).toEqual([]);
  });
});
