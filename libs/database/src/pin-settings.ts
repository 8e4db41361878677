import type { ClientBase } from 'pg';

/** What new connections are told. */
interface PinnedSettings {
  readonly statementTimeoutMs: number;
  /**
   * A prepared statement is planned once, not for each value. Left to itself, PostgreSQL plans a page anew every time, which
   * takes as long as reading it, because it takes the value of a place for a better estimate than none.
   */
  readonly plansOnce: boolean;
}

/**
 * What our statements take for granted, and what a role, a database or a server may have set otherwise: how times are
 * written, and that a statement which had to wait for another sees what that one did instead of failing. Compiling
 * expressions is switched off: what is estimated to be long mostly ends early here, when its page is full. A transaction
 * whose service has gone silent gives its locks back.
 *
 * It is said once per connection, in one round trip.
 */
const settings = ({ statementTimeoutMs, plansOnce }: PinnedSettings): string => `
  SET DateStyle = 'ISO, YMD';
  SET TimeZone = 'UTC';
  SET jit = off;
  SET idle_in_transaction_session_timeout = ${String(statementTimeoutMs)};
  SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED;
  SET plan_cache_mode = ${plansOnce ? 'force_generic_plan' : 'auto'}`;

/**
 * Makes new connections independent of what their role, database or server has set.
 * @param config - how long a request may wait for a connection: this is part of making one
 */
export function pinSettings(
  config: PinnedSettings & { readonly poolWaitMs: number },
): (client: ClientBase) => Promise<void> {
  const query = { text: settings(config), query_timeout: config.poolWaitMs };
  return async (client) => {
    await client.query(query);
  };
}
