import { QueryInt, QueryList, QueryTexts } from '#http';
import { MAX_EXPERIMENTS, MAX_KEYS, METRIC_KEY_LENGTH, REDUCED_POINTS } from '../metric-limits.js';

export class MetricsQuery {
  @QueryTexts({
    description: 'A metric; may be given several times. All of them when it is left out.',
    example: ['loss', 'val_loss'],
    maxItems: MAX_KEYS,
    maxLength: METRIC_KEY_LENGTH,
    optional: true,
  })
  key?: string[];

  @QueryInt({
    description:
      'Points of a metric at most. Of a longer one, its first and last point are there, its lowest and highest, and those of ' +
      'each stretch in between; where a stretch has NaN, one of them. All points when it is left out.',
    example: 500,
    ...REDUCED_POINTS,
    optional: true,
  })
  max_points?: number;
}

export class ManyMetricsQuery extends MetricsQuery {
  @QueryList({
    description: 'The ids of the experiments, separated by commas.',
    example: ['0198f2a4-9b7e-7f21-8c3d-0a1b2c3d4e5f', '0198f2a4-a0c1-7b52-9d4e-1b2c3d4e5f60'],
    min: 1,
    max: MAX_EXPERIMENTS,
  })
  ids!: string[];
}
