import { defineConfig, globalIgnores } from 'eslint/config';
import prettier from 'eslint-config-prettier/flat';
import tseslint from 'typescript-eslint';

const tests = 'test/**';
const programs = ['test/standby/main.ts', 'bench/**', 'examples/**', '.ci/**'];

/**
 * Nest reads the class of a body from the decorator metadata, and a type-only import leaves `Object` there: everything
 * is accepted, and nothing says so.
 */
const dtoByValue = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      dto: 'Import {{name}} by value: with a type-only import Nest finds no class to validate by and accepts anything.',
    },
  },
  create: (context) => ({
    ImportDeclaration(declaration) {
      const fromDto = /\/dto\/|\.dto(?:\.js)?$/.test(declaration.source.value);
      for (const specifier of declaration.specifiers) {
        const { name } = specifier.imported ?? specifier.local;
        const typeOnly = declaration.importKind === 'type' || specifier.importKind === 'type';
        if (typeOnly && (fromDto || /Dto$/.test(name))) {
          context.report({ node: specifier, messageId: 'dto', data: { name } });
        }
      }
    },
  }),
};

/** What ESLint recommends and neither TypeScript nor typescript-eslint finds. */
const core = {
  eqeqeq: 'error',
  'no-async-promise-executor': 'error',
  'no-case-declarations': 'error',
  'no-cond-assign': 'error',
  'no-constant-binary-expression': 'error',
  'no-constant-condition': 'error',
  'no-control-regex': 'error',
  'no-debugger': 'error',
  'no-empty': 'error',
  'no-empty-character-class': 'error',
  'no-empty-pattern': 'error',
  'no-loss-of-precision': 'error',
  'no-misleading-character-class': 'error',
  'no-prototype-builtins': 'error',
  'no-self-assign': 'error',
  'no-sparse-arrays': 'error',
  'no-unsafe-finally': 'error',
  'no-unsafe-optional-chaining': 'error',
  'no-useless-assignment': 'error',
  'no-useless-catch': 'error',
  'no-useless-escape': 'error',
  'object-shorthand': 'error',
  'preserve-caught-error': 'error',
  'require-yield': 'error',
  'use-isnan': 'error',
};

const types = {
  // Only what has a decorator needs its imports at run time; the rule sees that from the compiler options.
  '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
  '@typescript-eslint/consistent-type-exports': 'error',
  // A Nest module is an empty class below its decorator.
  '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
  '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
  '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
  '@typescript-eslint/no-unnecessary-condition': [
    'error',
    { allowConstantLoopConditions: 'only-allowed-literals' },
  ],
  // Contradicts no-non-null-assertion.
  '@typescript-eslint/non-nullable-type-assertion-style': 'off',
  // DTOs and the frameworks' options are classes for their metadata only: plain objects are what they expect.
  '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
  '@typescript-eslint/switch-exhaustiveness-check': [
    'error',
    { considerDefaultExhaustiveForUnions: true },
  ],
};

const environmentMessage =
  'Only libs/config reads the environment: take the setting from its Config.';

/** The only reader of the environment is libs/config. */
const environment = {
  'no-restricted-properties': [
    'error',
    { object: 'process', property: 'env', message: environmentMessage },
    { object: 'globalThis', property: 'process', message: 'Name process itself.' },
  ],
  'no-restricted-imports': [
    'error',
    ...['process', 'node:process'].map((name) => ({
      name,
      importNames: ['env'],
      message: environmentMessage,
    })),
  ],
};

const namedExportsOnly = {
  'no-restricted-exports': [
    'error',
    {
      restrictDefaultExports: {
        direct: true,
        named: true,
        defaultFrom: true,
        namedFrom: true,
        namespaceFrom: true,
      },
    },
  ],
};

export default defineConfig(
  globalIgnores([
    'dist/',
    'coverage/',
    '.modeldb/',
    '.modeldb-bench/',
    'test/architecture/fixtures/',
  ]),
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: { ...core, ...environment, ...namedExportsOnly, 'no-console': 'error' },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: types,
  },
  {
    files: ['libs/**/*.ts', 'apps/**/*.ts'],
    ignores: ['libs/*/src/migrations/**'],
    rules: { 'max-lines': ['error', 300] },
  },
  {
    files: ['**/*.controller.ts'],
    plugins: { modeldb: { rules: { 'dto-by-value': dtoByValue } } },
    rules: { 'modeldb/dto-by-value': 'error' },
  },
  {
    files: ['apps/**', ...programs],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['libs/config/**', 'apps/cli/**', tests, ...programs],
    rules: { 'no-restricted-properties': 'off', 'no-restricted-imports': 'off' },
  },
  {
    // The tools that read these files want a default export.
    files: ['*.{js,ts}', 'test/setup/**'],
    rules: { 'no-restricted-exports': 'off' },
  },
  {
    // An answer of the service is `any` until the test has looked at it.
    files: [tests],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  prettier,
);
