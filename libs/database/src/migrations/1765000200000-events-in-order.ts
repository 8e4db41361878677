import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Events in the order in which they are listed, also where very many are of one moment: a page starts where it starts. */
export class EventsInOrder1765000200000 implements MigrationInterface {
  name = 'EventsInOrder1765000200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE INDEX ix_audit_events_occurred_event ON audit_events (occurred, event_id)',
    );
    await runner.query('DROP INDEX ix_audit_events_occurred');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX ix_audit_events_occurred ON audit_events (occurred)');
    await runner.query('DROP INDEX ix_audit_events_occurred_event');
  }
}
