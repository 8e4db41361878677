import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Bindings, filterSql, parseFilter, queryLimits, type Fields } from '#query';
import { createDatabase, type TestDatabase } from '../support/database.js';

const page = readFileSync('docs/query-language.md', 'utf8');

const fields: Fields = {
  model_name: { type: 'text', sql: 'r.model_name' },
  training_dataset: { type: 'text', sql: 'r.training_dataset' },
  created_datetime: { type: 'time', sql: 'r.created_datetime' },
  parameters: { type: 'document', sql: 'r.parameters' },
  evaluations: { type: 'document', sql: 'r.evaluations' },
  tags: { type: 'document', sql: 'r.tags' },
};

/** The cells below a header that starts so, header included. */
function table(start: string): string[][][] {
  const blocks = page.split('\n\n').filter((block) => block.startsWith(start));
  return blocks.map((block) =>
    block
      .trimEnd()
      .split('\n')
      .filter((line) => !line.startsWith('| -'))
      .map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      ),
  );
}

const code = (cell: string): string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);

const truths = table('| x is ').flatMap(([header = [], ...rows]) =>
  rows.flatMap(([values = '', ...verdicts]) => {
    const documents = code(values).map((json) => `{"x": ${json}}`);
    if (values.includes('no key')) documents.push('{}');
    return documents.flatMap((document) =>
      verdicts.map((verdict, index): [string, string, string] => [
        document,
        code(header[index + 1] ?? '')[0] ?? '',
        verdict,
      ]),
    );
  }),
);

describe('docs/query-language.md', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase();
  });
  afterAll(() => database.drop());

  it('starts with filters that can be read', () => {
    const [, examples = ''] = /```sql\n(.*?)\n```/s.exec(page) ?? [];
    expect(examples.split('\n').length).toBeGreaterThan(3);
    for (const example of examples.split('\n'))
      expect(() => parseFilter(example, fields)).not.toThrow();
  });

  it('has two tables of what is true', () => {
    expect(truths).toHaveLength(72);
  });

  it.each(truths)('%s: %s is %s', async (document, condition, verdict) => {
    const bindings = new Bindings([document]);
    const where = condition.replaceAll(/\bx\b/g, 'parameters.x');
    const sql = filterSql(parseFilter(where, fields), fields, bindings);
    const { rows } = await database.sql.query<{ verdict: boolean | null }>(
      `SELECT ${sql} AS verdict FROM (SELECT $1::jsonb AS parameters) r`,
      [...bindings.values],
    );
    expect(String(rows[0]?.verdict ?? 'unknown')).toBe(verdict);
  });

  it.each(table('| filter ').flatMap((rows) => rows.slice(1)))(
    '%s',
    (filter = '', message = '') => {
      expect(() => parseFilter(code(filter)[0] ?? '', fields)).toThrow(
        expect.objectContaining({ fields: [{ path: 'where', message }] }),
      );
    },
  );

  it('names the limits as they are', () => {
    const limits = table('| what ')[0]
      ?.slice(1)
      .map(([, limit = '']) => Number.parseInt(limit.replace(',', '')));
    const fractionDigits = 6;
    expect(limits).toEqual([...Object.values(queryLimits), fractionDigits]);
  });
});
