/**
 * Prints «N passed, N failed» for a Jest result file. A file of tests that could not even be loaded counts as one failure.
 * Exits with 1 unless tests ran and none failed.
 */
import { existsSync, readFileSync } from 'node:fs';

function countsOf(path) {
  if (!existsSync(path)) return { passed: 0, failed: 0 };
  const result = JSON.parse(readFileSync(path, 'utf8'));
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
  };
}

const { passed, failed } = countsOf(process.argv[2]);
if (passed + failed === 0) console.log('No test ran: what failed before them stands above.');
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = passed > 0 && failed === 0 ? 0 : 1;
