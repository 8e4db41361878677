import { describe, expect, it } from '@jest/globals';
import { Progress } from '../../apps/cli/src/progress.js';
import { reportJson, reportText } from '../../apps/cli/src/report-evaluations.js';

const number = { value: '0.9', model_id: 'm', project_id: 'p' };
const clean = {
  experiments: 1_000_000,
  numbers: 7_500_001,
  differences: { not_in_index: 0, not_in_document: 0, value: 0, scope: 0 },
  differing_experiments: 0,
  repaired_experiments: 0,
  first: [],
};
const damaged = {
  ...clean,
  differences: { not_in_index: 1200, not_in_document: 1, value: 1, scope: 2 },
  differing_experiments: 4,
  first: [
    { experiment_id: 'a', key: 'x', kind: 'not_in_index', document: number, index: null },
    {
      experiment_id: 'b',
      key: 'line\n\u001b[2J',
      kind: 'not_in_document',
      document: null,
      index: number,
    },
    {
      experiment_id: 'c',
      key: 'x',
      kind: 'value',
      document: number,
      index: { ...number, value: 'NaN' },
    },
    {
      experiment_id: 'd',
      key: 'x',
      kind: 'scope',
      document: number,
      index: { ...number, model_id: 'n' },
    },
  ],
} as const;

describe('the report of a check', () => {
  it('is two lines where all is in step', () => {
    expect(reportText(clean)).toBe(
      'Compared 1,000,000 experiments with 7,500,001 numbers.\nThe index is in step with the documents.\n',
    );
  });

  it('names differences, counts them by kind, and says what to do', () => {
    expect(reportText(damaged).split('\n')).toEqual([
      'a "x": the document has 0.9, the index has no row',
      'b "line\\n\\u001b[2J": the document has no such number, the index 0.9',
      'c "x": the document has 0.9, the index NaN',
      'd "x": the document has 0.9, the index 0.9; it belongs to model m of project p, in the index to model n of project p',
      '… and 1,200 more differences',
      '',
      'Compared 1,000,000 experiments with 7,500,001 numbers.',
      'The index is out of step: 1,204 differences in 4 experiments (1,200 not in the index, 1 not in the document, 1 of another value, 2 of another model or project).',
      'To repair it: modeldb check evaluations --repair',
      '',
    ]);
  });

  it('says what was repaired', () => {
    const lines = reportText({ ...damaged, repaired_experiments: 4 }).split('\n');
    expect(lines.slice(-3)).toEqual([
      expect.stringMatching(/^Found 1,204 differences in 4 experiments \(/),
      'Repaired 4 experiments: the index is in step.',
      '',
    ]);
  });

  it('is one object as JSON', () => {
    expect(JSON.parse(reportJson(damaged))).toEqual({ in_step: false, ...damaged });
  });
});

describe('the progress line', () => {
  const written = (isTTY: boolean, columns: number, wanted: boolean): string => {
    let text = '';
    const write = (chunk: string | Uint8Array): boolean => ((text += String(chunk)), true);
    const progress = new Progress({ isTTY, columns, write }, wanted);
    progress.show('1,000 experiments compared');
    progress.clear();
    return text;
  };

  it('is written over on a terminal, and never wider than that', () => {
    expect(written(true, 6, true)).toBe('\r\u001b[2K1,000\r\u001b[2K');
    expect(written(true, 0, true)).toBe('\r\u001b[2K1,000 experiments compared\r\u001b[2K');
  });

  it('is not there elsewhere, nor when it is not wanted', () => {
    expect(written(false, 80, true)).toBe('');
    expect(written(true, 80, false)).toBe('');
  });
});
