import { ApiProperty } from '@nestjs/swagger';
import { NUMBER_SCHEMA } from './number-schema.js';

const TIME = { type: 'string', format: 'date-time' } as const;

/** What is kept of a metric. */
export class MetricSummaryDto {
  @ApiProperty({ type: 'string', example: 'loss' })
  key!: string;

  @ApiProperty({ type: 'integer', description: 'How many points it has.', example: 2 })
  count!: number;

  @ApiProperty({
    ...NUMBER_SCHEMA,
    description: 'The value of the highest step; of several, of the latest.',
    example: 0.0812,
  })
  last!: number | string;

  @ApiProperty({ type: 'integer', example: 2 })
  last_step!: number;

  @ApiProperty({ ...TIME, example: '2026-01-31T12:01:00.000000Z' })
  last_timestamp!: string;

  @ApiProperty({
    ...NUMBER_SCHEMA,
    description: 'The lowest number; NaN if there is none.',
    example: 0.0812,
  })
  min!: number | string;

  @ApiProperty({
    ...NUMBER_SCHEMA,
    description: 'The highest number; NaN if there is none.',
    example: 0.31,
  })
  max!: number | string;
}

/** A point of a learning curve. */
export class MetricPointDto {
  @ApiProperty({ type: 'string', example: 'loss' })
  key!: string;

  @ApiProperty({ type: 'integer', example: 2 })
  step!: number;

  @ApiProperty({ ...TIME, example: '2026-01-31T12:01:00.000000Z' })
  timestamp!: string;

  @ApiProperty({ ...NUMBER_SCHEMA, example: 0.0812 })
  value!: number | string;
}

/** A point of a learning curve of one of several experiments. */
export class ExperimentPointDto extends MetricPointDto {
  @ApiProperty({ type: 'string', example: '0198f2a4-9b7e-7f21-8c3d-0a1b2c3d4e5f' })
  experiment_id!: string;
}
