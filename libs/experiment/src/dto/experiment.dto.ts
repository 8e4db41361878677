import { ApiProperty } from '@nestjs/swagger';
import { DocumentProperty, RecordTimesDto, TagsProperty } from '#http';

type Document = Record<string, unknown>;

const DATASET = {
  type: 'string',
  nullable: true,
  description: 'Kept as text, never fetched.',
} as const;

/** Documents an experiment as it is answered. */
export class ExperimentDto extends RecordTimesDto {
  @ApiProperty({ example: '0198f2a4-9b7e-7f21-8c3d-0a1b2c3d4e5f', description: 'Never changes.' })
  experiment_id!: string;

  @ApiProperty({
    example: '0198f2a4-7c1e-7d3b-9a55-2f6f0c1e8b7a',
    description: 'The project of its model.',
  })
  project_id!: string;

  @ApiProperty({ example: '0198f2a4-8d02-7a10-b3c4-51e6d7f8a9b0', description: 'Never changes.' })
  model_id!: string;

  @ApiProperty({ example: 'v3' })
  model_version_id!: string;

  @ApiProperty({ type: 'string', nullable: true, example: 'wide forest, seed 7' })
  experiment_name!: string | null;

  @ApiProperty({ type: 'string', nullable: true, example: 'After the label fix.' })
  description!: string | null;

  @DocumentProperty({
    description: 'What it was trained with.',
    example: { optimizer: { name: 'adam', lr: 0.001 }, epochs: 20, seed: 7 },
  })
  parameters!: Document | null;

  @ApiProperty({ ...DATASET, example: 's3://datasets/iris/training.parquet' })
  training_dataset!: string | null;

  @ApiProperty({ ...DATASET, example: 's3://datasets/iris/validation.parquet' })
  validation_dataset!: string | null;

  @ApiProperty({ ...DATASET, example: 's3://datasets/iris/test.parquet' })
  test_dataset!: string | null;

  @DocumentProperty({ description: 'How well it did.', example: { accuracy: 0.973, loss: 0.081 } })
  evaluations!: Document | null;

  @DocumentProperty({
    description: 'Where the files lie.',
    example: { model: 's3://models/iris/forest-7.onnx' },
  })
  artifact_file_paths!: Document | null;

  @TagsProperty({ example: { git_commit: '9f2c1ab' } })
  tags!: Record<string, string> | null;
}
