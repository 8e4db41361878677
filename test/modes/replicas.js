import { WITH_REPLICAS } from './left-out.js';
import { runSuite } from './run-suite.js';

process.exitCode = (await runSuite({ MODELDB_TEST_APPS: '2' }, WITH_REPLICAS)) === 0 ? 0 : 1;
