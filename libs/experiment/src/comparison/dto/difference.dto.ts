import { ApiProperty } from '@nestjs/swagger';
import { ComparedExperimentDto } from './compared-experiment.dto.js';

/** Documents one key that two experiments differ in. */
export class ChangeDto {
  @ApiProperty({ description: 'Where the value stands.', example: 'optimizer.lr' })
  key!: string;

  @ApiProperty({ enum: ['added', 'removed', 'changed'], example: 'changed' })
  change!: string;

  @ApiProperty({ description: '`null` where it was added.', nullable: true, example: 0.001 })
  from!: unknown;

  @ApiProperty({ description: '`null` where it was removed.', nullable: true, example: 0.01 })
  to!: unknown;
}

/** Documents what differs between two experiments. */
export class DifferenceDto {
  @ApiProperty({ type: ComparedExperimentDto })
  from!: ComparedExperimentDto;

  @ApiProperty({ type: ComparedExperimentDto })
  to!: ComparedExperimentDto;

  @ApiProperty({ type: [ChangeDto] })
  parameters!: ChangeDto[];

  @ApiProperty({ type: [ChangeDto] })
  evaluations!: ChangeDto[];

  @ApiProperty({ type: [ChangeDto] })
  datasets!: ChangeDto[];

  @ApiProperty({ type: [ChangeDto] })
  artifact_file_paths!: ChangeDto[];

  @ApiProperty({ type: [ChangeDto] })
  tags!: ChangeDto[];
}
