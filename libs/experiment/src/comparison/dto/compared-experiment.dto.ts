import { ApiProperty, PickType } from '@nestjs/swagger';
import { ExperimentDto } from '../../dto/experiment.dto.js';

/** Documents what tells a compared experiment from the others. */
export class ComparedExperimentDto extends PickType(ExperimentDto, [
  'experiment_id',
  'experiment_name',
  'project_id',
  'model_id',
  'model_version_id',
  'created_datetime',
]) {
  @ApiProperty({ example: 'forest' })
  model_name!: string;
}
