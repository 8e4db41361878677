import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import stopPostgres from './stop-postgres.js';

export default async function stopPgBouncer() {
  const { child, folder } = globalThis.modeldbPgBouncer;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  await rm(folder, { recursive: true, force: true });
  await stopPostgres();
}
