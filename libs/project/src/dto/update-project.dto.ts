import { limits, NameField, TagsField, TextField, type JsonText } from '#http';

export class UpdateProjectDto {
  @NameField({ description: 'The new name.', example: 'iris-2', optional: true })
  project_name?: string;

  @TextField({
    description: 'The new description; `null` clears it.',
    example: 'Which iris is it, really?',
    maxLength: limits.description,
    optional: true,
    nullable: true,
  })
  description?: string | null;

  @TagsField({
    description:
      'Merged tag by tag: a value sets, an absent tag stays, `null` removes the tag. `null` instead of the object removes all.',
    example: { stage: 'production', team: null },
    removable: true,
    optional: true,
    nullable: true,
  })
  tags?: JsonText | null;
}
