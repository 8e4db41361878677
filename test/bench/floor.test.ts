import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fill } from '../../bench/fill/fill.js';
import { HOT } from '../../bench/floor/hot-statements.js';
import { QUESTIONS } from '../../bench/floor/questions.js';
import { writeAnswer } from '../../bench/floor/write-answer.js';
import { CASES } from '../../bench/queries/cases/index.js';
import { readFacts, type Facts } from '../../bench/queries/facts.js';
import { createDatabase, type TestDatabase } from '../support/database.js';

const asText = { getTypeParser: () => String };

describe('the questions that are written by hand', () => {
  let database: TestDatabase;
  let facts: Facts;

  beforeAll(async () => {
    database = await createDatabase();
    const silent = { step: () => undefined, rows: () => undefined };
    await fill(database.sql, { seed: 1, experiments: 4000 }, false, silent);
    await database.sql.query(`SET timezone = 'UTC'`);
    facts = await readFacts(database.url);
  });
  afterAll(() => database.drop());

  it.each(CASES.filter(({ floor }) => floor).map(({ name, floor }) => [name, floor!] as const))(
    'find experiments: %s',
    async (_, floor) => {
      const [question, ...values] = floor(facts, undefined);
      const { sql, shape } = QUESTIONS[question];
      const { rows } = await database.sql.query<string[]>({
        text: sql,
        values,
        rowMode: 'array',
        types: asText,
      });
      expect(rows.length).toBeGreaterThan(0);
      const answer = JSON.parse(writeAnswer[shape](rows));
      const [first] = [answer.experiments ?? answer].flat();
      const { experiment = first } = first;
      const stored = await database.sql.query(
        'SELECT to_jsonb(e) AS row FROM experiments e WHERE experiment_id = $1',
        [experiment.experiment_id],
      );
      const { content_bytes: _bytes, ...row } = stored.rows[0].row;
      const times = { created_datetime: '', updated_datetime: '' };
      expect({ ...experiment, ...times }).toEqual({ ...row, ...times });
      expect(Date.parse(experiment.created_datetime)).toBe(Date.parse(row.created_datetime));
    },
  );

  it.each(Object.entries(HOT))('fit the schema: %s', async (name, sql) => {
    await database.sql.query(`PREPARE hot_${name} AS ${sql}`);
    const { rows } = await database.sql.query(
      'SELECT FROM pg_prepared_statements WHERE name = $1',
      [`hot_${name}`],
    );
    expect(rows).toHaveLength(1);
  });
});
