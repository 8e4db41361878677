import { ApiProperty } from '@nestjs/swagger';
import { ListField, type JsonList } from '#http';
import { MAX_POINTS, METRIC_KEY_LENGTH } from '../metric-limits.js';
import { pointErrors } from '../point-errors.js';
import { NUMBER_SCHEMA } from './number-schema.js';

/** A point of a learning curve, as it is sent. */
class NewPointDto {
  @ApiProperty({
    description: 'The name of the metric.',
    example: 'loss',
    type: 'string',
    minLength: 1,
    maxLength: METRIC_KEY_LENGTH,
  })
  key!: string;

  @ApiProperty({
    ...NUMBER_SCHEMA,
    description: 'Kept exactly. Send NaN and infinities as "NaN", "Infinity" and "-Infinity".',
    example: 0.0812,
  })
  value!: number | string;

  @ApiProperty({
    description: 'The epoch, batch or whatever the curve runs along. 0 when it is left out.',
    example: 3,
    type: 'integer',
    nullable: true,
    required: false,
  })
  step?: number | null;

  @ApiProperty({
    description:
      'When it was measured, with its zone. The time of the request when it is left out.',
    example: '2026-01-31T12:00:00Z',
    type: 'string',
    format: 'date-time',
    nullable: true,
    required: false,
  })
  timestamp?: string | null;
}

export class AppendMetricsDto {
  @ListField(NewPointDto, {
    description:
      'Points of any metrics, in any order. One that is there already, alike in all four, is not added again.',
    example: [
      { key: 'loss', value: 0.31, step: 1, timestamp: '2026-01-31T12:00:00Z' },
      { key: 'loss', value: 0.0812, step: 2, timestamp: '2026-01-31T12:01:00Z' },
      { key: 'val_loss', value: 'NaN', step: 2, timestamp: '2026-01-31T12:01:00Z' },
    ],
    min: 1,
    max: MAX_POINTS,
    errorsOf: pointErrors,
  })
  metrics!: JsonList;
}
