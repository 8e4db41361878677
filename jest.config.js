import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

const { $schema: _schema, ...swc } = JSON.parse(
  readFileSync(new URL('.swcrc', import.meta.url), 'utf8'),
);

/** The packages as the build has bundled them: each test file loads them anew, and thousands of files take most of its time. */
const BUNDLED = 'dist/node_modules';
const bundled = existsSync(BUNDLED)
  ? readdirSync(BUNDLED, { recursive: true })
      .filter((file) => file.endsWith('package.json'))
      .map((file) => posix.dirname(file))
  : [];

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/test/architecture/fixtures/'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    [`^(${bundled.join('|')})$`]: `<rootDir>/${BUNDLED}/$1/index.mjs`,
  },
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
  globalSetup: '<rootDir>/test/setup/start-postgres.js',
  globalTeardown: '<rootDir>/test/setup/stop-postgres.js',
  testTimeout: 20_000,
  maxWorkers: '100%',
  coverageProvider: 'v8',
  collectCoverageFrom: [
    'apps/**/*.ts',
    'libs/**/*.ts',
    // Nothing in them runs.
    '!**/*.types.ts',
    // What only a process of its own runs is tested as one, by test/process, where nothing is counted.
    '!apps/api/src/{main,shutdown,open-database,listen,close-app,banner}.ts',
    '!apps/cli/src/{main,run,program,check-evaluations,open-database,interrupted,exit-codes}.ts',
  ],
  coverageReporters: ['text-summary', 'lcov'],
  coverageThreshold: { global: { lines: 90, branches: 90, statements: 90 } },
};
