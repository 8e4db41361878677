import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Experiment } from '../../examples/iris/api-client.js';
import { OutputFolder } from '../../examples/iris/output-folder.js';
import { findDamage } from '../../examples/iris/verification.js';

const STORED: Experiment = {
  experiment_id: 'e1',
  model_id: 'm',
  model_version_id: 'v',
  parameters: { k: 5, nested: { distance: 'euclidean' } },
  training_dataset: 'iris/seed-7/train#90',
  validation_dataset: null,
  test_dataset: null,
  evaluations: { accuracy: 0.1 + 0.2 },
  artifact_file_paths: null,
};

describe('findDamage', () => {
  const promised = {
    experiment_id: 'e1',
    parameters: { nested: { distance: 'euclidean' }, k: 5 },
    evaluations: { accuracy: 0.1 + 0.2 },
  };

  it('finds none when everything came back, in whatever key order', () => {
    expect(findDamage([promised], [STORED])).toEqual([]);
  });

  it('names the fields that differ, in the last bit of a number too', () => {
    const rounded = { ...STORED, evaluations: { accuracy: 0.3 } };
    expect(findDamage([promised], [rounded])).toEqual([
      { experimentId: 'e1', fields: ['evaluations'] },
    ]);
  });

  it('counts a key that nobody sent as damage', () => {
    const more = { ...STORED, parameters: { ...STORED.parameters, extra: null } };
    expect(findDamage([promised], [more])).toEqual([
      { experimentId: 'e1', fields: ['parameters'] },
    ]);
  });

  it('reports what is gone', () => {
    expect(findDamage([promised], [])).toEqual([{ experimentId: 'e1', fields: [] }]);
  });
});

describe('OutputFolder', () => {
  let path: string;
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'modeldb-example-test-'));
  });
  afterEach(() => {
    rmSync(path, { recursive: true });
  });

  it('remembers what was acknowledged, merged as the service merges', () => {
    const folder = new OutputFolder(path);
    folder.prepare();
    folder.created({ experiment_id: 'e1', parameters: { k: 5 } });
    folder.created({ experiment_id: 'e2', parameters: { k: 1 } });
    folder.merged({ experiment_id: 'e1', evaluations: { accuracy: 1, loss: { train: 2 } } });
    folder.merged({ experiment_id: 'e1', evaluations: { loss: { test: 3 } } });
    expect(new OutputFolder(path).read()).toEqual([
      {
        experiment_id: 'e1',
        parameters: { k: 5 },
        evaluations: { accuracy: 1, loss: { test: 3 } },
      },
      { experiment_id: 'e2', parameters: { k: 1 } },
    ]);
  });

  it('survives a line that a killed pipeline left half written', () => {
    const folder = new OutputFolder(path);
    folder.prepare();
    folder.created({ experiment_id: 'e1' });
    appendFileSync(join(path, 'acknowledged.jsonl'), '{"experiment_id":"e1","evalu');
    expect(folder.read()).toEqual([{ experiment_id: 'e1' }]);
  });
});
