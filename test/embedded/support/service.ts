import { startEmbeddedPostgres } from '#database';

/**
 * A service that has nothing but a PostgreSQL: `service.ts <data folder>`. It says in JSON, one line each, what is logged
 * and how the start went, and stops when its input ends.
 */
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

try {
  const postgres = await startEmbeddedPostgres({
    dataDir: process.argv[2] ?? '',
    log: (message) => say({ log: message }),
    settings: { fsync: 'off' },
  });
  process.on('SIGINT', () => say({ log: 'SIGINT' }));
  say({ url: postgres.url });
  process.stdin.resume().once('end', () => void postgres.stop().then(() => say({ stopped: true })));
} catch (error) {
  say({
    error: error instanceof Error ? { name: error.name, message: error.message } : String(error),
  });
}
