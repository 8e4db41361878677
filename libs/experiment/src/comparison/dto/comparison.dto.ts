import { ApiProperty } from '@nestjs/swagger';
import { ComparedExperimentDto } from './compared-experiment.dto.js';

const IDS: { type: 'array'; items: { type: string }; example: string[] } = {
  type: 'array',
  items: { type: 'string' },
  example: ['0198f2a4-9b7e-7f21-8c3d-0a1b2c3d4e5f'],
};

/** Documents one key of a comparison. */
export class ComparedRowDto {
  @ApiProperty({ description: 'Where the value stands.', example: 'optimizer.lr' })
  key!: string;

  @ApiProperty({
    type: 'array',
    items: {},
    description: 'The value in each experiment, `null` where it has none.',
    example: [0.001, 0.01],
  })
  values!: unknown[];

  @ApiProperty({ description: 'Whether the values are not all equal.', example: true })
  differs!: boolean;
}

/** Documents one evaluation of a comparison. */
export class ComparedEvaluationDto extends ComparedRowDto {
  @ApiProperty({
    ...IDS,
    description:
      'Which experiments hold the largest number, NaN left out; which is best, high or low, depends on the evaluation.',
  })
  highest!: string[];

  @ApiProperty({ ...IDS, description: 'Which experiments hold the smallest number.' })
  lowest!: string[];
}

/** Documents experiments side by side. */
export class ComparisonDto {
  @ApiProperty({ type: [ComparedExperimentDto] })
  experiments!: ComparedExperimentDto[];

  @ApiProperty({ type: [ComparedRowDto] })
  parameters!: ComparedRowDto[];

  @ApiProperty({ type: [ComparedEvaluationDto] })
  evaluations!: ComparedEvaluationDto[];

  @ApiProperty({
    type: [ComparedRowDto],
    description: 'The keys `training_dataset`, `validation_dataset` and `test_dataset`.',
  })
  datasets!: ComparedRowDto[];

  @ApiProperty({ type: [ComparedRowDto] })
  artifact_file_paths!: ComparedRowDto[];

  @ApiProperty({ type: [ComparedRowDto] })
  tags!: ComparedRowDto[];
}
