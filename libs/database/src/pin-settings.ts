import type { ClientBase } from 'pg';

/**
 * What our statements take for granted, and what a role, a database or a server may have set otherwise: how times are
 * written, and that a statement which had to wait for another sees what that one did instead of failing. Compiling
 * expressions is switched off: what is estimated to be long mostly ends early here, when its page is full. A transaction
 * whose service has gone silent gives its locks back.
 *
 * It is said once per connection, in one round trip.
 */
const settings = (statementTimeoutMs: number): string => `
  SET DateStyle = 'ISO, YMD';
  SET TimeZone = 'UTC';
  SET jit = off;
  SET idle_in_transaction_session_timeout = ${String(statementTimeoutMs)};
  SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED`;

/**
 * Makes new connections independent of what their role, database or server has set.
 * @param config - how long a request may wait for a connection: this is part of making one
 */
export function pinSettings(config: {
  readonly poolWaitMs: number;
  readonly statementTimeoutMs: number;
}): (client: ClientBase) => Promise<void> {
  const query = { text: settings(config.statementTimeoutMs), query_timeout: config.poolWaitMs };
  return async (client) => {
    await client.query(query);
  };
}
