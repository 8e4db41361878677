import { IdField, limits, NameField, TagsField, TextField, type JsonText } from '#http';

export class CreateModelDto {
  @IdField({
    description: 'The project it belongs to.',
    example: '0198f2a4-7c1e-7d3b-9a55-2f6f0c1e8b7a',
  })
  project_id!: string;

  @NameField({
    description: 'Unique among the models of the project that are not deleted.',
    example: 'random-forest',
  })
  model_name!: string;

  @TextField({
    description: 'What the model is.',
    example: 'Bagged decision trees',
    maxLength: limits.description,
    optional: true,
    nullable: true,
  })
  description?: string | null;

  @TagsField({
    description: 'Labels to find the model by.',
    example: { family: 'trees' },
    optional: true,
    nullable: true,
  })
  tags?: JsonText | null;
}
