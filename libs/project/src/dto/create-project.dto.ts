import { limits, NameField, TagsField, TextField, type JsonText } from '#http';

export class CreateProjectDto {
  @NameField({ description: 'Unique among the projects that are not deleted.', example: 'iris' })
  project_name!: string;

  @TextField({
    description: 'What the project is about.',
    example: 'Which iris is it?',
    maxLength: limits.description,
    optional: true,
    nullable: true,
  })
  description?: string | null;

  @TagsField({
    description: 'Labels to find the project by.',
    example: { team: 'botany' },
    optional: true,
    nullable: true,
  })
  tags?: JsonText | null;
}
