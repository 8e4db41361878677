import type { ClientBase } from 'pg';

/**
 * What our statements take for granted, and what a role, a database or a server may have set otherwise: how times are
 * written, and that a statement which had to wait for another sees what that one did instead of failing. Compiling
 * expressions is switched off: what is estimated to be long mostly ends early here, when its page is full.
 *
 * It is said once per connection, in one round trip.
 */
const SETTINGS = `
  SET DateStyle = 'ISO, YMD';
  SET TimeZone = 'UTC';
  SET jit = off;
  SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED`;

/** Makes a new connection independent of what its role, database or server has set. */
export async function pinSettings(client: ClientBase): Promise<void> {
  await client.query(SETTINGS);
}
