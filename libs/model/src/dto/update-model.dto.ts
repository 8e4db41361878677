import { limits, NameField, TagsField, TextField, type JsonText } from '#http';

export class UpdateModelDto {
  @NameField({ description: 'The new name.', example: 'forest', optional: true })
  model_name?: string;

  @TextField({
    description: 'The new description; `null` clears it.',
    example: '500 bagged decision trees',
    maxLength: limits.description,
    optional: true,
    nullable: true,
  })
  description?: string | null;

  @TagsField({
    description:
      'Merged tag by tag: a value sets, an absent tag stays, `null` removes the tag. `null` instead of the object removes all.',
    example: { stage: 'production' },
    removable: true,
    optional: true,
    nullable: true,
  })
  tags?: JsonText | null;
}
