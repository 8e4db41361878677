import { expect, it, jest } from '@jest/globals';
import { untilBlocked } from '../support/barrier.js';
import { createDatabase } from '../support/database.js';
import { ServiceProcess } from '../support/service-process.js';

// Several processes start at once.
jest.setTimeout(60_000);

/** As in libs/database/src/migrate.ts. */
const MIGRATION_LOCK = 4_203_198_276_021;
/** Five migrate at once in test/db/schema.test.ts; here each is a whole process. */
const SERVICES = 3;

it('of services that start at once on an empty database one migrates, and all become ready', async () => {
  const database = await createDatabase('template0');
  const { sql, url } = database;
  await sql.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
  const services = Array.from(
    { length: SERVICES },
    () => new ServiceProcess({ DATABASE_URL: url }),
  );
  try {
    // All stand at the same place, and none has found a migration done.
    await untilBlocked(sql, SERVICES);
    await sql.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    for (const service of services) {
      const http = await service.ready();
      expect((await http.get('/health/ready')).status).toBe(200);
      expect((await http.post('/projects', { project_name: 'one' })).status).toBe(200);
    }
    const { rows } = await sql.query(
      'SELECT count(*)::int AS runs, count(DISTINCT name)::int AS migrations FROM migrations',
    );
    expect(rows[0].runs).toBeGreaterThan(10);
    expect(rows[0].runs).toBe(rows[0].migrations);
    expect((await sql.query('SELECT FROM projects')).rowCount).toBe(1);
  } finally {
    const ended = await Promise.all(services.map((service) => service.end('SIGTERM')));
    expect(ended).toEqual(services.map(() => 0));
    await database.drop();
  }
});
