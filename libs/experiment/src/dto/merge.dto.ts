import type { JsonText } from '#http';
import { ArtifactFilePathsField, EvaluationsField } from './fields.js';

export class MergeEvaluationsDto {
  @EvaluationsField()
  evaluations!: JsonText;
}

export class MergeArtifactFilePathsDto {
  @ArtifactFilePathsField()
  artifact_file_paths!: JsonText;
}
