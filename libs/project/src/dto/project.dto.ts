import { ApiProperty } from '@nestjs/swagger';
import { RecordTimesDto, TagsProperty } from '#http';

/** Documents a project as it is answered. */
export class ProjectDto extends RecordTimesDto {
  @ApiProperty({ example: '0198f2a4-7c1e-7d3b-9a55-2f6f0c1e8b7a', description: 'Never changes.' })
  project_id!: string;

  @ApiProperty({ example: 'iris', description: 'Unique among the projects that are not deleted.' })
  project_name!: string;

  @ApiProperty({ type: 'string', nullable: true, example: 'Which iris is it?' })
  description!: string | null;

  @TagsProperty({ example: { team: 'botany' } })
  tags!: Record<string, string> | null;
}
