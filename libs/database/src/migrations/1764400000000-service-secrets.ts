import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Secrets that all replicas of the service share. The one for cursors is made here, from 244 random bits. */
export class ServiceSecrets1764400000000 implements MigrationInterface {
  name = 'ServiceSecrets1764400000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE service_secrets (
         name text NOT NULL,
         secret text NOT NULL,
         CONSTRAINT pk_service_secrets PRIMARY KEY (name)
       )`,
    );
    await runner.query(
      `INSERT INTO service_secrets (name, secret)
       VALUES ('cursor', gen_random_uuid()::text || gen_random_uuid()::text)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE service_secrets');
  }
}
