import { limits, ListField, type JsonList } from '#http';
import { CreateProjectDto } from '../../dto/create-project.dto.js';

export class CreateProjectsDto {
  @ListField(CreateProjectDto, {
    description:
      'Each as for one project. A name that is there twice is one project, as the first one describes it.',
    example: [{ project_name: 'iris' }, { project_name: 'churn', tags: { team: 'growth' } }],
    min: 1,
    max: limits.batch,
  })
  projects!: JsonList;
}
