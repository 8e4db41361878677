import { limits, ListField, type JsonList } from '#http';
import { CreateModelDto } from '../../dto/create-model.dto.js';

export class CreateModelsDto {
  @ListField(CreateModelDto, {
    description:
      'Each as for one model. A name that is there twice in a project is one model, as the first one describes it.',
    example: [
      { project_id: '0198f2a4-7c1e-7d3b-9a55-2f6f0c1e8b7a', model_name: 'random-forest' },
      { project_id: '0198f2a4-7c1e-7d3b-9a55-2f6f0c1e8b7a', model_name: 'knn' },
    ],
    min: 1,
    max: limits.batch,
  })
  models!: JsonList;
}
