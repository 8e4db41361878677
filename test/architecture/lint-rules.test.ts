import { resolve } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { ESLint } from 'eslint';

// The first lint starts the compiler.
jest.setTimeout(60_000);

// The house's own configuration, but with the fixtures' folder as the root that `libs/**` and `apps/**` count from.
const eslint = new ESLint({
  cwd: resolve('test/architecture/fixtures/lint'),
  overrideConfigFile: resolve('eslint.config.js'),
});

async function brokenRules(file: string): Promise<(string | null)[]> {
  const results = await eslint.lintFiles(file);
  return results.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId));
}

describe('the rules of the linter', () => {
  it.each([
    ['type-import.controller.ts', 'modeldb/dto-by-value'],
    ['inline-type-import.controller.ts', 'modeldb/dto-by-value'],
    ['type-import-by-name.controller.ts', 'modeldb/dto-by-value'],
    ['floating-promise.ts', '@typescript-eslint/no-floating-promises'],
    ['process-env.ts', 'no-restricted-properties'],
    ['destructured-env.ts', 'no-restricted-properties'],
    ['imported-env.ts', 'no-restricted-imports'],
    ['default-export.ts', 'no-restricted-exports'],
    ['console.ts', 'no-console'],
    ['value-import-of-type.ts', '@typescript-eslint/consistent-type-imports'],
  ])('%s breaks %s and nothing else', async (file, rule) => {
    expect(await brokenRules(`libs/project/src/broken/${file}`)).toEqual([rule]);
  });

  it('refuses a file of more than 300 lines, blank ones and comments counted', async () => {
    const filePath = 'libs/project/src/project.module.ts';
    const lint = (lines: number) => eslint.lintText('//\n'.repeat(lines), { filePath });
    const [longest] = await lint(300);
    const [tooLong] = await lint(301);
    expect(longest?.messages).toEqual([]);
    expect(tooLong?.messages.map(({ ruleId }) => ruleId)).toEqual(['max-lines']);
  });

  it.each([
    ['a controller that imports its DTO by value', 'libs/project/src/project.controller.ts'],
    ['an empty module below its decorator', 'libs/project/src/project.module.ts'],
    ['named exports', 'libs/project/src/index.ts'],
    ['libs/config reading the environment', 'libs/config/src/index.ts'],
    ['an app writing to the console', 'apps/api/src/main.ts'],
  ])('lets %s pass', async (_, file) => {
    expect(await brokenRules(file)).toEqual([]);
  });
});
