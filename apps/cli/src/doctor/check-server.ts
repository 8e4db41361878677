import type { Config } from '#config';
import { adHocStatement, type Database } from '#database';
import { Findings, type Finding } from './finding.js';

const SERVER = adHocStatement(
  'doctor.server',
  `SELECT current_setting('server_version_num') AS version_number, current_setting('server_version') AS version,
     current_setting('server_encoding') AS encoding, current_setting('fsync') AS fsync,
     current_setting('full_page_writes') AS full_page_writes, current_setting('autovacuum') AS autovacuum,
     current_setting('synchronous_commit') AS synchronous_commit,
     current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int AS connections,
     pg_is_in_recovery() OR current_setting('default_transaction_read_only') = 'on' AS is_read_only,
     (SELECT age(datfrozenxid) FROM pg_database WHERE datname = current_database()) AS age`,
);

interface Server {
  readonly version_number: string;
  readonly version: string;
  readonly encoding: string;
  readonly fsync: string;
  readonly full_page_writes: string;
  readonly autovacuum: string;
  readonly synchronous_commit: string;
  readonly connections: string;
  readonly is_read_only: boolean;
  readonly age: string;
}

const OLDEST_VERSION = 140_000;
/** At two billion PostgreSQL takes no more writes; autovacuum sees to it from 200 million on. */
const OLD_TRANSACTIONS = 1_000_000_000;

const inFile = (setting: string): string =>
  `ALTER SYSTEM SET ${setting}; SELECT pg_reload_conf(); -- or in postgresql.conf`;

/** Whether PostgreSQL is one that keeps what it acknowledges, and has room for the service. */
export async function checkServer(database: Database, config: Config): Promise<Finding[]> {
  const found = new Findings('server');
  const server = await database.find<Server>(SERVER, []);
  if (!server) return found.list;
  if (Number(server.version_number) < OLDEST_VERSION) {
    found.problem(`PostgreSQL is ${server.version}.`, 'Upgrade it to 14 or newer.');
  }
  if (server.encoding !== 'UTF8') {
    found.problem(
      `The database keeps text as ${server.encoding}.`,
      `Dump it and restore it into one made with ENCODING 'UTF8' TEMPLATE template0.`,
    );
  }
  if (server.is_read_only) {
    found.problem(
      'The server takes no writes: it is a standby, or default_transaction_read_only is on.',
      'Point DATABASE_URL to the primary.',
    );
  }
  checkDurability(server, found);
  checkRoom(server, config, found);
  return found.list;
}

function checkDurability(server: Server, found: Findings): void {
  for (const setting of ['fsync', 'full_page_writes'] as const) {
    if (server[setting] === 'on') continue;
    found.problem(
      `${setting} is off: a crash of the machine can destroy the database.`,
      inFile(`${setting} = on`),
    );
  }
  if (server.synchronous_commit === 'off') {
    found.warning(
      'synchronous_commit is off: a crash can lose the last writes although they were acknowledged.',
      'ALTER DATABASE … SET synchronous_commit = on; or for the role, wherever it was set',
    );
  }
}

function checkRoom(
  { connections, autovacuum, age }: Server,
  config: Config,
  found: Findings,
): void {
  const wanted = config.poolSize + config.searchPoolSize;
  if (Number(connections) < wanted) {
    found.problem(
      `One service may open ${String(wanted)} connections, PostgreSQL has ${connections} for all.`,
      'Raise max_connections, or lower DATABASE_POOL_SIZE and SEARCH_POOL_SIZE.',
    );
  }
  if (autovacuum !== 'on') {
    found.problem(
      'autovacuum is off: tables and indexes only ever grow.',
      inFile('autovacuum = on'),
    );
  }
  if (Number(age) > OLD_TRANSACTIONS) {
    found.problem(
      `The oldest transactions are ${age} back: PostgreSQL stops before they are two billion.`,
      'VACUUM (FREEZE); and look for transactions that stay open, in pg_stat_activity.',
    );
  }
}
