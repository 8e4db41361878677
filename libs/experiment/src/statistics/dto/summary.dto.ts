import { ApiProperty } from '@nestjs/swagger';

const TIME = {
  type: 'string',
  format: 'date-time',
  nullable: true,
  example: '2026-01-02T03:04:05.678901Z',
} as const;

/** Documents an end of an evaluation. */
class BestValueDto {
  @ApiProperty({
    oneOf: [{ type: 'number' }, { type: 'string', enum: ['Infinity', '-Infinity'] }],
    example: 0.973,
  })
  value!: number | string;

  @ApiProperty({
    description: 'The first experiment that reached it.',
    example: '0198f2a4-9b7e-7f21-8c3d-0a1b2c3d4e5f',
  })
  experiment_id!: string;
}

/** Documents the range of an evaluation, NaN left out. */
class EvaluationRangeDto {
  @ApiProperty({
    description: 'How the query language writes it, behind `evaluations.`.',
    example: 'accuracy',
  })
  key!: string;

  @ApiProperty({ type: BestValueDto })
  lowest!: BestValueDto;

  @ApiProperty({ type: BestValueDto })
  highest!: BestValueDto;
}

class SummaryDto {
  @ApiProperty({ example: '0198f2a4-7c1e-7d3b-9a55-2f6f0c1e8b7a' })
  project_id!: string;

  @ApiProperty({ type: 'integer', description: 'How many experiments there are.', example: 240 })
  experiments!: number;

  @ApiProperty({ ...TIME, description: 'When the first of them was recorded.' })
  first_experiment_datetime!: string | null;

  @ApiProperty({ ...TIME, description: 'When the last of them was recorded.' })
  last_experiment_datetime!: string | null;

  @ApiProperty({ type: [EvaluationRangeDto] })
  evaluations!: EvaluationRangeDto[];

  @ApiProperty({
    description: 'Whether there are more than 1000 evaluations, of which only the first are told.',
    example: false,
  })
  truncated!: boolean;
}

/** Documents what a project holds. */
export class ProjectSummaryDto extends SummaryDto {
  @ApiProperty({ type: 'integer', description: 'How many models there are.', example: 3 })
  models!: number;
}

/** Documents what a model holds. */
export class ModelSummaryDto extends SummaryDto {
  @ApiProperty({ example: '0198f2a4-8d02-7a10-b3c4-51e6d7f8a9b0' })
  model_id!: string;
}
