import { DocumentField, IdField, TagsField, type JsonText } from '#http';
import {
  ArtifactFilePathsField,
  DatasetField,
  DescriptionField,
  EvaluationsField,
  ExperimentNameField,
  VersionField,
} from './fields.js';

export class CreateExperimentDto {
  @IdField({
    description: 'The model that was trained.',
    example: '0198f2a4-8d02-7a10-b3c4-51e6d7f8a9b0',
  })
  model_id!: string;

  @VersionField()
  model_version_id!: string;

  @ExperimentNameField()
  experiment_name?: string | null;

  @DescriptionField()
  description?: string | null;

  @DocumentField({
    description: 'What it was trained with: any JSON object, kept value for value.',
    example: { optimizer: { name: 'adam', lr: 0.001 }, epochs: 20, seed: 7 },
    optional: true,
    nullable: true,
  })
  parameters?: JsonText | null;

  @DatasetField('training')
  training_dataset?: string | null;

  @DatasetField('validation')
  validation_dataset?: string | null;

  @DatasetField('test')
  test_dataset?: string | null;

  @EvaluationsField({ optional: true, nullable: true })
  evaluations?: JsonText | null;

  @ArtifactFilePathsField({ optional: true, nullable: true })
  artifact_file_paths?: JsonText | null;

  @TagsField({
    description: 'Labels to find the experiment by.',
    example: { git_commit: '9f2c1ab' },
    optional: true,
    nullable: true,
  })
  tags?: JsonText | null;
}
