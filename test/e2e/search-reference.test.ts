import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import type { Filter, Subject } from '#query';
import type { Answer } from '../support/http-client.js';
import { filters, records } from '../support/query/arbitraries.js';
import { printFilter } from '../support/query/print-filter.js';
import { jsonText, type QueryRecord } from '../support/query/record.js';
import { evaluate } from '../support/query/reference-filter.js';
import { Records } from '../support/records.js';
import { startService, type TestService } from '../support/service.js';
import { walk } from '../support/walk.js';

jest.setTimeout(120_000);

/** So many copies of each record that some filters match few experiments and others more than are looked at one by one. */
const COPIES = 12;
const seed = Date.now();
const rows = fc
  .sample(records, { numRuns: 300, seed })
  .map((record) => ({ ...record, created: record.created ?? '2026-06-01T00:00:00Z' }));
let service: TestService;
let modelId: string;
let projectId: string;

beforeAll(async () => {
  service = await startService();
  const { sql } = service.database;
  ({ model_id: modelId, project_id: projectId } = await new Records(service.http).model());
  const document = (value: QueryRecord['parameters']) => value && jsonText(value);
  await sql.query(
    `INSERT INTO experiments (experiment_id, project_id, model_id, model_version_id,
       training_dataset, test_dataset, created_datetime, parameters, evaluations)
     SELECT (row.n - 1) || '-' || copy, $1, $2, 'v', row.name, row.version, row.created, row.parameters, row.evaluations
     FROM unnest($3::text[], $4::text[], $5::timestamptz[], $6::jsonb[], $7::jsonb[])
       WITH ORDINALITY row (name, version, created, parameters, evaluations, n),
       generate_series(1, $8::int) copy`,
    [
      projectId,
      modelId,
      rows.map(({ name }) => name),
      rows.map(({ version }) => version),
      rows.map(({ created }) => created),
      rows.map(({ parameters }) => document(parameters)),
      rows.map(({ evaluations }) => document(evaluations)),
      COPIES,
    ],
  );
  await sql.query(
    `INSERT INTO experiment_evaluations (experiment_id, key, value, model_id, project_id)
     SELECT e.experiment_id, leaf.key, leaf.value, e.model_id, e.project_id
     FROM experiments e, numeric_leaves(e.evaluations) leaf`,
  );
});
afterAll(() => service.stop());

const COLUMNS: Record<string, string> = {
  name: 'training_dataset',
  version: 'test_dataset',
  created: 'created_datetime',
};

/** The filter on records as one on experiments, which keep the records' columns under other names. */
function ofExperiments(filter: Filter): Filter {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return { ...filter, terms: filter.terms.map(ofExperiments) };
    case 'not':
      return { kind: 'not', term: ofExperiments(filter.term) };
    default:
  }
  const [name, ...keys] = filter.subject.path;
  const subject: Subject = { ...filter.subject, path: [COLUMNS[name] ?? name, ...keys] };
  return { ...filter, subject };
}

/** All ids of an answer, page by page. */
async function searchAll(body: object): Promise<{ ids: string[]; count: number }> {
  const ids: string[] = [];
  let [cursor, count]: [string | null, number] = [null, -1];
  do {
    const {
      status,
      text,
      body: answer,
    }: Answer = await service.http.post('/experiments/search', {
      ...body,
      limit: 1000,
      fields: ['experiment_id'],
      ...(cursor === null ? { count: true } : { cursor }),
    });
    if (status !== 200) throw new Error(text);
    for (const one of answer.experiments) ids.push(one.experiment_id);
    if (cursor === null) count = answer.count;
    cursor = answer.next_cursor;
  } while (cursor !== null);
  return { ids, count };
}

describe('a search', () => {
  it('finds and counts what the reference finds, in any scope and order, and every one once', async () => {
    const scope = fc.constantFrom({}, { model_id: modelId }, { project_id: projectId });
    const order = fc.uniqueArray(
      fc.constantFrom('evaluations.lr', 'evaluations."F1 score"', 'parameters.lr', 'test_dataset'),
      { maxLength: 2 },
    );
    const direction = fc.constantFrom('ASC', 'DESC');
    await fc.assert(
      fc.asyncProperty(filters, scope, order, direction, async (filter, where, keys, by) => {
        const text = printFilter(ofExperiments(filter));
        const expected = rows.flatMap((record, index) =>
          evaluate(filter, record) === true
            ? Array.from({ length: COPIES }, (_, copy) => `${String(index)}-${String(copy + 1)}`)
            : [],
        );
        const order_by = keys.map((key) => `${key} ${by}`);
        const found = await searchAll({
          where: text,
          ...where,
          ...(order_by.length > 0 && { order_by }),
        });
        // The seed of the records, for when this fails.
        expect({ seed, text, ids: found.ids.toSorted(), count: found.count }).toEqual({
          seed,
          text,
          ids: expected.toSorted(),
          count: expected.length,
        });
      }),
      { numRuns: 250 },
    );
  });

  it('is what a list with the same condition holds, whole or in pages, in both directions', async () => {
    const direction = fc.constantFrom('asc', 'desc');
    const limit = fc.constantFrom('', '&limit=1000');
    await fc.assert(
      fc.asyncProperty(filters, direction, limit, async (filter, order, pages) => {
        const text = printFilter(ofExperiments(filter));
        const { ids } = await searchAll({
          where: text,
          model_id: modelId,
          order_by: [`created_datetime ${order}`],
        });
        const query = `order=${order}${pages}&where=${encodeURIComponent(text)}`;
        const listed = await walk(service.http, `/experiments/model-id/${modelId}?${query}`);
        expect({ seed, text, ids: listed.map(({ experiment_id }) => experiment_id) }).toEqual({
          seed,
          text,
          ids,
        });
      }),
      { numRuns: 40 },
    );
  });
});
