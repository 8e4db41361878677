import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractConfig from 'dependency-cruiser/config-utl/extract-depcruise-config';

// The first cruise loads the parsers.
jest.setTimeout(60_000);

const FIXTURES = resolve('test/architecture/fixtures/dependencies');
const config = await extractConfig(resolve('.dependency-cruiser.js'));
const rules = (config.forbidden ?? []).map(({ name }) => name ?? '');

/** The names of the rules that a tree breaks; its paths count from its own root, as the house's do. */
async function brokenRules(tree: string): Promise<string[]> {
  const { output } = await cruise(['.'], {
    ...config.options,
    baseDir: resolve(FIXTURES, tree),
    validate: true,
    ruleSet: config,
  });
  return (output as ICruiseResult).summary.violations.map(({ rule }) => rule.name);
}

describe('the rules of who may know whom', () => {
  it('has one fixture for each rule, and a clean one', () => {
    expect(readdirSync(FIXTURES).sort()).toEqual([...rules, 'clean'].sort());
  });

  it.each(rules)('%s refuses what it forbids, and no other rule does', async (rule) => {
    expect(new Set(await brokenRules(rule))).toEqual(new Set([rule]));
  });

  it('lets a house that keeps them pass', async () => {
    expect(await brokenRules('clean')).toEqual([]);
  });
});
