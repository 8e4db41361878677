import type { ClientBase } from 'pg';
import { adHocStatement, type Statement } from './statement.js';

/** What connections are told. */
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
 * written. Compiling expressions is switched off: what is estimated to be long mostly ends early here, when its page is full.
 * A transaction whose service has gone silent gives its locks back.
 */
const settings = ({
  statementTimeoutMs,
  plansOnce,
}: PinnedSettings): Readonly<Record<string, string>> => ({
  DateStyle: 'ISO, YMD',
  TimeZone: 'UTC',
  jit: 'off',
  idle_in_transaction_session_timeout: String(statementTimeoutMs),
  plan_cache_mode: plansOnce ? 'force_generic_plan' : 'auto',
});

/** A statement that had to wait for another sees what that one did, instead of failing. */
const ISOLATION = 'SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED';

/**
 * Makes new connections independent of what their role, database or server has set: said once, in one round trip.
 * @param config - how long a request may wait for a connection: this is part of making one
 */
export function pinSettings(
  config: PinnedSettings & { readonly poolWaitMs: number },
): (client: ClientBase) => Promise<void> {
  const sets = Object.entries(settings(config)).map(([name, value]) => `SET ${name} = '${value}'`);
  const query = { text: [...sets, ISOLATION].join('; '), query_timeout: config.poolWaitMs };
  return async (client) => {
    await client.query(query);
  };
}

/**
 * The same for one transaction, where the next one may run on another connection, and others on this one: nothing is left
 * behind. It is sent along with a statement. The level of isolation is not in it, which would have to be said before anything
 * else; see `requireUsable`.
 */
export function settingsStatement(config: PinnedSettings): Statement {
  const all = { ...settings(config), statement_timeout: String(config.statementTimeoutMs) };
  const sets = Object.entries(all).map(
    ([name, value]) => `set_config('${name}', '${value}', true)`,
  );
  return adHocStatement('session.settings', `SELECT ${sets.join(', ')}`);
}
