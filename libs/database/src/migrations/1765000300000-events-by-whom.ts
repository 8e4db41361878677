import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What auditors ask for besides a time: whose events, of which project, of which kind. Each in the order of the list. */
const INDEXES = [
  'ix_audit_events_actor ON audit_events (actor, occurred, event_id)',
  'ix_audit_events_project ON audit_events (project_id, occurred, event_id)',
  'ix_audit_events_action ON audit_events (action, occurred, event_id)',
  // Nearly all are about experiments, and need no index to be found.
  "ix_audit_events_type ON audit_events (entity_type, occurred, event_id) WHERE entity_type <> 'experiment'",
];

/** Events are found by who did what and where, also those that are rare among very many. */
export class EventsByWhom1765000300000 implements MigrationInterface {
  name = 'EventsByWhom1765000300000';

  async up(runner: QueryRunner): Promise<void> {
    for (const index of INDEXES) await runner.query(`CREATE INDEX ${index}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const index of INDEXES) await runner.query(`DROP INDEX ${index.split(' ')[0] ?? ''}`);
  }
}
