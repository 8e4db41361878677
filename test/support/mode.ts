/** How `npm run test:replicas` and `npm run test:pgbouncer` have the services of the tests set up (see test/modes). */

/** How many apps on one database a service of a test is; requests go to each in turn. */
export const APPS = Number(process.env['MODELDB_TEST_APPS'] ?? '1');

/** The port of a PgBouncer before PostgreSQL. */
const POOLER = process.env['MODELDB_TEST_POOLER'];

/** What a service has to be told about the way to its database. */
export const SESSION = {
  poolMode: POOLER === undefined ? ('session' as const) : ('transaction' as const),
  preparesStatements: process.env['MODELDB_TEST_NAMES'] !== 'off',
};

/** The way to a database that services take. */
export function wayTo(databaseUrl: string): string {
  return POOLER === undefined
    ? databaseUrl
    : Object.assign(new URL(databaseUrl), { port: POOLER }).href;
}
