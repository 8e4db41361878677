import type pg from 'pg';

/**
 * Waits until that many sessions of the database are stuck on a lock: the moment at which a race is certain. It asks
 * again and again, so it needs no guess of how long that takes.
 */
export async function untilBlocked(sql: pg.Client, sessions: number): Promise<void> {
  for (;;) {
    // Within a transaction PostgreSQL shows the same activity again unless it is told to look anew.
    await sql.query('SELECT pg_stat_clear_snapshot()');
    const { rows } = await sql.query<{ blocked: number }>(
      `SELECT count(*)::int AS blocked FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    if ((rows[0]?.blocked ?? 0) >= sessions) return;
  }
}
