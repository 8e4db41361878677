import { TagsField, type JsonText } from '#http';
import { DatasetField, DescriptionField, ExperimentNameField, VersionField } from './fields.js';

export class UpdateExperimentDto {
  @VersionField({ optional: true })
  model_version_id?: string;

  @ExperimentNameField()
  experiment_name?: string | null;

  @DescriptionField()
  description?: string | null;

  @DatasetField('training')
  training_dataset?: string | null;

  @DatasetField('validation')
  validation_dataset?: string | null;

  @DatasetField('test')
  test_dataset?: string | null;

  @TagsField({
    description:
      'Merged tag by tag: a value sets, an absent tag stays, `null` removes the tag. `null` instead of the object removes all.',
    example: { stage: 'candidate' },
    removable: true,
    optional: true,
    nullable: true,
  })
  tags?: JsonText | null;
}
