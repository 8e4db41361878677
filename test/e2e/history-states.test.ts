import { afterAll, beforeAll, describe, it, jest } from '@jest/globals';
import fc from 'fast-check';
import {
  changes,
  COMMON,
  compareWithHistory,
  renamed,
  storable,
  text,
  withoutNulls,
  type Change,
} from '../support/histories.js';
import { startService, type TestService } from '../support/service.js';

// Hundreds of requests a test.
jest.setTimeout(60_000);

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

let count = 0;

describe('the history of a project', () => {
  it('has every state that was answered', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record(COMMON).filter(storable),
        changes({ ...COMMON, project_name: fc.constantFrom('', '-renamed') }),
        async (fields, sent) => {
          const name = `x${String((count += 1))}`;
          const first = { ...fields, tags: withoutNulls(fields.tags) };
          const made = await service.http.post('/projects', { project_name: name, ...first });
          const renaming = sent.map((change) => renamed(change, 'project_name', name));
          await compareWithHistory(
            service.http,
            made,
            `/projects/id/${made.body.project_id as string}`,
            renaming,
          );
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('the history of a model', () => {
  it('has every state that was answered', async () => {
    const { body } = await service.http.post('/projects', { project_name: 'of models' });
    await fc.assert(
      fc.asyncProperty(
        fc.record(COMMON).filter(storable),
        changes({ ...COMMON, model_name: fc.constantFrom('', '-renamed') }),
        async (fields, sent) => {
          const name = `m${String((count += 1))}`;
          const first = { ...fields, tags: withoutNulls(fields.tags) };
          const made = await service.http.post('/models', {
            project_id: body.project_id,
            model_name: name,
            ...first,
          });
          const renaming = sent.map((change) => renamed(change, 'model_name', name));
          await compareWithHistory(
            service.http,
            made,
            `/models/id/${made.body.model_id as string}`,
            renaming,
          );
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe('the history of an experiment', () => {
  const scalar = fc.oneof(
    fc.integer(),
    fc.constantFrom(0.1, 1e300, 'NaN', null, true, ''),
    fc.dictionary(fc.constantFrom('x', 'y'), fc.integer(), { maxKeys: 2 }),
    fc.array(fc.integer(), { maxLength: 2 }),
  );
  const document = fc.dictionary(fc.constantFrom('a', 'b', 'c.d', 'é'), scalar, { maxKeys: 3 });
  const merge = (field: string): fc.Arbitrary<Change> =>
    document.map((members) => ({
      method: 'POST',
      base: `/experiments/${field.replaceAll('_', '-')}/`,
      json: { [field]: members },
    }));
  const fields = {
    ...COMMON,
    experiment_name: fc.option(fc.constantFrom('n', 'o')),
    training_dataset: fc.option(text),
    validation_dataset: fc.option(text),
    test_dataset: fc.option(text),
  };

  it('has every state that was answered', async () => {
    const { http } = service;
    const { body: project } = await http.post('/projects', { project_name: 'of experiments' });
    const { project_id } = project;
    const { body: model } = await http.post('/models', { project_id, model_name: 'm' });
    const sent = fc.array(
      fc.oneof(
        { weight: 3, arbitrary: merge('evaluations') },
        { weight: 3, arbitrary: merge('artifact_file_paths') },
        { weight: 1, arbitrary: changes({ ...fields, model_version_id: fc.constant('w') }) },
      ),
      { maxLength: 10 },
    );
    const documents = {
      parameters: fc.option(document),
      evaluations: fc.option(document),
      artifact_file_paths: fc.option(document),
    };
    await fc.assert(
      fc.asyncProperty(
        fc.record({ ...fields, ...documents }).filter(storable),
        sent,
        async (f, list) => {
          const made = await http.post('/experiments', {
            model_id: model.model_id,
            model_version_id: 'v',
            ...f,
            tags: withoutNulls(f.tags),
          });
          await compareWithHistory(
            service.http,
            made,
            `/experiments/id/${made.body.experiment_id as string}`,
            list.flat(),
          );
        },
      ),
      { numRuns: 40 },
    );
  });
});
