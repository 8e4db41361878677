import type { MigrationInterface, QueryRunner } from 'typeorm';

/** By which the live experiments of a model are counted: of equal keys it holds one, and six bytes for each row. */
export class LiveExperiments1764300000000 implements MigrationInterface {
  name = 'LiveExperiments1764300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE INDEX ix_experiments_model_id_live ON experiments (model_id) WHERE deleted_datetime IS NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX ix_experiments_model_id_live');
  }
}
