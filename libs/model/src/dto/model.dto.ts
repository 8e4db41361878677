import { ApiProperty } from '@nestjs/swagger';
import { RecordTimesDto, TagsProperty } from '#http';

/** Documents a model as it is answered. */
export class ModelDto extends RecordTimesDto {
  @ApiProperty({ example: '0198f2a4-8d02-7a10-b3c4-51e6d7f8a9b0', description: 'Never changes.' })
  model_id!: string;

  @ApiProperty({ example: '0198f2a4-7c1e-7d3b-9a55-2f6f0c1e8b7a', description: 'Never changes.' })
  project_id!: string;

  @ApiProperty({
    example: 'random-forest',
    description: 'Unique among the models of the project that are not deleted.',
  })
  model_name!: string;

  @ApiProperty({ type: 'string', nullable: true, example: 'Bagged decision trees' })
  description!: string | null;

  @TagsProperty({ example: { family: 'trees' } })
  tags!: Record<string, string> | null;
}
