/**
 * Asks the registry whether what production runs on has known vulnerabilities. Exits with 1 if one is high or critical. A
 * registry that cannot be asked, because it is away or a mirror without audits, is told of and is no failure: it says nothing
 * about the packages. Arguments go to npm.
 */
import { spawnSync } from 'node:child_process';

const LEVEL = 'high';
const GRAVE = ['high', 'critical'];
const command = [
  ...['audit', '--omit=dev', `--audit-level=${LEVEL}`, '--json', '--fetch-retries=1'],
  // Under `npm run --silent` npm would not say either what went wrong.
  '--loglevel=error',
];

const npm = spawnSync('npm', [...command, ...process.argv.slice(2)], { encoding: 'utf8' });
const report = readReport(npm.stdout);

if (report?.vulnerabilities !== undefined) {
  const found = Object.values(report.vulnerabilities).filter(({ severity }) =>
    GRAVE.includes(severity),
  );
  for (const { name, severity, via } of found) {
    const reasons = via.map((reason) => (typeof reason === 'string' ? reason : reason.url));
    console.log(`${name}: ${severity} (${reasons.join(', ')})`);
  }
  console.log(
    `audit: ${String(found.length)} packages with known vulnerabilities (${LEVEL} or worse)`,
  );
  process.exitCode = npm.status ?? 1;
} else if (npm.stderr?.includes('audit endpoint returned an error')) {
  console.log(`audit: NOT DONE, the registry cannot be asked: ${report?.message ?? 'no reason'}`);
} else {
  console.error(npm.error ?? npm.stderr);
  process.exitCode = 1;
}

function readReport(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
