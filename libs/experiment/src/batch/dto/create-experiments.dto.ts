import { limits, ListField, type JsonList } from '#http';
import { CreateExperimentDto } from '../../dto/create-experiment.dto.js';

export class CreateExperimentsDto {
  @ListField(CreateExperimentDto, {
    description: 'Each as for one experiment.',
    example: [
      {
        model_id: '0198f2a4-8d02-7a10-b3c4-51e6d7f8a9b0',
        model_version_id: 'v3',
        parameters: { seed: 7 },
        evaluations: { accuracy: 0.973 },
      },
    ],
    min: 1,
    max: limits.batch,
  })
  experiments!: JsonList;
}
