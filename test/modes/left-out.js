const REMEMBERS = 'each service remembers keys and roles for some seconds';
const COUNTS = 'each service counts for itself';
const ONE = 'looks at one service, and the next request goes to the other';
const ISSUER = 'each service fetches the keys of the issuer for itself';

/** `[title, reason]` of the tests that do not apply to two services on one database. */
export const WITH_REPLICAS = [
  ['requests of a caller', COUNTS],
  ['wrong credentials', COUNTS],
  ['a quota', `${COUNTS}, and anew after ten seconds`],
  ['what is seen of several projects goes on where it was when a project more', REMEMBERS],
  ['members are given roles, changed and taken out, at once', REMEMBERS],
  ['keys for projects cost no statement more than any other', REMEMBERS],
  ['the keys of an issuer may change', ISSUER],
  ['the keys of an issuer are asked for once', ISSUER],
  ['the keys of an issuer stay good while the issuer is away', ISSUER],
  ['GET /health/ready says yes, and asks the database once', ONE],
  ['GET /health/ready says yes while all connections are at work', ONE],
  ['GET /health/ready says no at once when the service begins to stop', ONE],
  ['GET /metrics counts', COUNTS],
  ['GET /metrics says how long statements took', COUNTS],
];

/** The same for services behind a PgBouncer that pools by transaction. */
export const THROUGH_PGBOUNCER = [
  [
    'a database whose DateStyle is',
    'its default isolation is one with which the service does not start in this mode (test/db/pool-modes.test.ts)',
  ],
];
