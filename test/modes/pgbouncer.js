import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { THROUGH_PGBOUNCER } from './left-out.js';
import { runSuite } from './run-suite.js';

/** The first that knows prepared statements by name. */
const NAMES_SINCE = [1, 21];

const program = process.env.PGBOUNCER ?? 'pgbouncer';

async function version() {
  try {
    const { stdout } = await promisify(execFile)(program, ['--version']);
    return /\d+\.\d+/.exec(stdout)[0].split('.').map(Number);
  } catch {
    return undefined;
  }
}

const found = await version();
if (!found) {
  console.error(
    `There is no ${program}: install it (Debian: apt-get install pgbouncer), or let PGBOUNCER name it.`,
  );
  process.exit(1);
}
const [major, minor] = found;
const knowsNames = major > NAMES_SINCE[0] || (major === NAMES_SINCE[0] && minor >= NAMES_SINCE[1]);
const names = knowsNames ? ['off', 'on'] : ['off'];
for (const name of names) {
  console.log(`PgBouncer ${found.join('.')}, prepared statements ${name}`);
  const code = await runSuite(
    { MODELDB_TEST_PGBOUNCER: program, MODELDB_TEST_NAMES: name },
    THROUGH_PGBOUNCER,
    [
      '--globalSetup=<rootDir>/test/setup/start-pgbouncer.js',
      '--globalTeardown=<rootDir>/test/setup/stop-pgbouncer.js',
    ],
  );
  if (code !== 0) process.exit(1);
}
if (!knowsNames) {
  console.log('Not tried: prepared statements by name, which need PgBouncer 1.21 or newer.');
}
