import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Roles on projects. A key that has its role only there has none in `role`, so replicas of the release before, which look
 * nowhere else, take it to be good for nothing, and not for everything.
 */
export class ProjectMembers1764850000000 implements MigrationInterface {
  name = 'ProjectMembers1764850000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE project_members (
         project_id text COLLATE "C" NOT NULL,
         member text COLLATE "C" NOT NULL,
         role text COLLATE "C" NOT NULL,
         created_by text NOT NULL,
         created_datetime timestamptz NOT NULL DEFAULT clock_timestamp(),
         CONSTRAINT pk_project_members PRIMARY KEY (member, project_id),
         CONSTRAINT ck_project_members_role CHECK (role IN ('viewer', 'editor', 'admin')),
         CONSTRAINT fk_project_members_project_id FOREIGN KEY (project_id) REFERENCES projects (project_id)
       )`,
    );
    await runner.query(
      'CREATE INDEX ix_project_members_project_id ON project_members (project_id, member)',
    );
    await runner.query(
      `ALTER TABLE api_keys
         ALTER COLUMN role DROP NOT NULL,
         ADD COLUMN role_on_projects text COLLATE "C",
         ADD CONSTRAINT ck_api_keys_role_on_projects CHECK (role_on_projects IN ('viewer', 'editor', 'admin')),
         ADD CONSTRAINT ck_api_keys_one_role CHECK (num_nulls(role, role_on_projects) = 1)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DELETE FROM api_keys WHERE role IS NULL');
    await runner.query(
      `ALTER TABLE api_keys
         DROP CONSTRAINT ck_api_keys_one_role, DROP COLUMN role_on_projects, ALTER COLUMN role SET NOT NULL`,
    );
    await runner.query('DROP TABLE project_members');
  }
}
