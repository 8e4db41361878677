import { describe, expect, it } from '@jest/globals';
import { evaluate } from '../../examples/iris/metrics.js';

const CLASSES = ['a', 'b', 'c'];

describe('evaluate', () => {
  it('counts hits, and confusions by actual and then predicted class', () => {
    const report = evaluate(CLASSES, [0, 0, 1, 1, 2, 2], [0, 1, 1, 1, 2, 0]);
    expect(report.accuracy).toBeCloseTo(4 / 6, 12);
    expect(report.confusion_matrix).toEqual({
      a: { a: 1, b: 1, c: 0 },
      b: { a: 0, b: 2, c: 0 },
      c: { a: 1, b: 0, c: 1 },
    });
  });

  it('gives precision, recall and F1 per class, and their unweighted mean', () => {
    const report = evaluate(CLASSES, [0, 0, 1, 1, 2, 2], [0, 1, 1, 1, 2, 0]);
    expect(report.per_class['a']).toEqual({ precision: 0.5, recall: 0.5, f1: 0.5 });
    expect(report.per_class['b']?.precision).toBeCloseTo(2 / 3, 12);
    expect(report.per_class['b']?.recall).toBe(1);
    expect(report.per_class['b']?.f1).toBeCloseTo(0.8, 12);
    expect(report.per_class['c']?.f1).toBeCloseTo(2 / 3, 12);
    expect(report.macro_f1).toBeCloseTo((0.5 + 0.8 + 2 / 3) / 3, 12);
  });

  it('counts a class that is never predicted as 0, not as NaN', () => {
    const report = evaluate(CLASSES, [0, 1, 2], [0, 0, 0]);
    expect(report.per_class['b']).toEqual({ precision: 0, recall: 0, f1: 0 });
    expect(JSON.stringify(report)).not.toContain('null');
  });

  it('leaves log loss out when there are no probabilities', () => {
    expect(evaluate(CLASSES, [0], [0])).not.toHaveProperty('log_loss');
  });

  it('measures guessing as ln(classes) and certainty as 0', () => {
    const third = [1 / 3, 1 / 3, 1 / 3];
    expect(evaluate(CLASSES, [0, 1], [0, 0], [third, third]).log_loss).toBeCloseTo(Math.log(3), 12);
    expect(evaluate(CLASSES, [1], [1], [[0, 1, 0]]).log_loss).toBeCloseTo(0, 12);
  });

  it('keeps log loss finite for certainty that is wrong and for probabilities that are NaN', () => {
    const worst = -Math.log(1e-15);
    expect(evaluate(CLASSES, [0], [1], [[0, 1, 0]]).log_loss).toBeCloseTo(worst, 9);
    expect(evaluate(CLASSES, [0], [1], [[NaN, NaN, NaN]]).log_loss).toBeCloseTo(worst, 9);
  });
});
