/** Keeps one hopelessly wrong, fully confident prediction from making the mean infinite. */
const SMALLEST_PROBABILITY = 1e-15;

type ClassMetrics = Record<'precision' | 'recall' | 'f1', number>;

/** In the field names of the API, ready to be sent as `evaluations`. */
export interface ClassificationReport {
  accuracy: number;
  macro_f1: number;
  /** Absent when the classifier answers with classes only. */
  log_loss?: number;
  per_class: Record<string, ClassMetrics>;
  /** Actual class → predicted class → rows. */
  confusion_matrix: Record<string, Record<string, number>>;
}

/**
 * @param actual the right class of each row, as a position in `classNames`
 * @param predicted the class the model answered for each row
 * @param probabilities per row, the probability of each class
 */
export function evaluate(
  classNames: readonly string[],
  actual: readonly number[],
  predicted: readonly number[],
  probabilities?: readonly (readonly number[])[],
): ClassificationReport {
  const counts = countPairs(classNames.length, actual, predicted);
  const perClass = classNames.map((_, label) => classMetrics(counts, label));
  const byName = <T>(values: readonly T[]): Record<string, T> =>
    Object.fromEntries(values.map((value, label) => [classNames[label] ?? String(label), value]));
  return {
    accuracy: ratio(sum(counts.map((row, label) => row[label] ?? 0)), actual.length),
    macro_f1: ratio(sum(perClass.map(({ f1 }) => f1)), classNames.length),
    ...(probabilities && { log_loss: logLoss(actual, probabilities) }),
    per_class: byName(perClass),
    confusion_matrix: byName(counts.map(byName)),
  };
}

/** The mean of -ln(probability given to the right class): 0 is perfect, ln(classes) is guessing. */
function logLoss(actual: readonly number[], probabilities: readonly (readonly number[])[]): number {
  const losses = actual.map((label, row) => {
    const given = probabilities[row]?.[label] ?? 0;
    // Asked this way round, NaN (a library that divided 0 by 0) gets the worst loss, not NaN.
    return -Math.log(given > SMALLEST_PROBABILITY ? given : SMALLEST_PROBABILITY);
  });
  return ratio(sum(losses), actual.length);
}

function countPairs(
  classes: number,
  actual: readonly number[],
  predicted: readonly number[],
): number[][] {
  const labels = Array.from({ length: classes }, (_, label) => label);
  return labels.map((right) =>
    labels.map((answer) =>
      sum(actual.map((label, row) => Number(label === right && predicted[row] === answer))),
    ),
  );
}

function classMetrics(counts: readonly (readonly number[])[], label: number): ClassMetrics {
  const hits = counts[label]?.[label] ?? 0;
  const precision = ratio(hits, sum(counts.map((row) => row[label] ?? 0)));
  const recall = ratio(hits, sum(counts[label] ?? []));
  return { precision, recall, f1: ratio(2 * precision * recall, precision + recall) };
}

/** 0 of 0 counts as 0, the field's convention for a class that was never predicted. */
function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
