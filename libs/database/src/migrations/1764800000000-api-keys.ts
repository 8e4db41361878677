import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keys with which programs say who they are. */
export class ApiKeys1764800000000 implements MigrationInterface {
  name = 'ApiKeys1764800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE api_keys (
         key_id text COLLATE "C" NOT NULL,
         name text NOT NULL,
         role text COLLATE "C" NOT NULL,
         digest text COLLATE "C" NOT NULL,
         created_by text NOT NULL,
         created_datetime timestamptz NOT NULL DEFAULT clock_timestamp(),
         expires_datetime timestamptz,
         last_used_datetime timestamptz,
         revoked_datetime timestamptz,
         CONSTRAINT pk_api_keys PRIMARY KEY (key_id),
         CONSTRAINT ck_api_keys_role CHECK (role IN ('viewer', 'editor', 'admin'))
       )`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE api_keys');
  }
}
