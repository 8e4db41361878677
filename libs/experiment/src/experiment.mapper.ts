import { recordTag } from '#database';
import { jsonWriter, RecordAnswer } from '#http';
import type { CreateExperimentDto } from './dto/create-experiment.dto.js';
import type { ExperimentDto } from './dto/experiment.dto.js';
import type { UpdateExperimentDto } from './dto/update-experiment.dto.js';
import type { ExperimentChanges, ExperimentRow, NewExperiment } from './experiment.types.js';

/** Writes a row as the JSON of an {@link ExperimentDto}. */
export const writeExperiment = jsonWriter<keyof ExperimentDto>({
  experiment_id: 'text',
  project_id: 'text',
  model_id: 'text',
  model_version_id: 'text',
  experiment_name: 'text',
  description: 'text',
  parameters: 'json',
  training_dataset: 'text',
  validation_dataset: 'text',
  test_dataset: 'text',
  evaluations: 'json',
  artifact_file_paths: 'json',
  tags: 'json',
  created_datetime: 'time',
  updated_datetime: 'time',
  deleted_datetime: 'time',
});

/** Answers with one experiment. */
export function answerExperiment(row: ExperimentRow): RecordAnswer {
  return new RecordAnswer(writeExperiment(row), recordTag(row));
}

export function newExperiment(dto: CreateExperimentDto): NewExperiment {
  return {
    modelId: dto.model_id,
    modelVersionId: dto.model_version_id,
    experimentName: dto.experiment_name ?? null,
    description: dto.description ?? null,
    parameters: dto.parameters ?? null,
    trainingDataset: dto.training_dataset ?? null,
    validationDataset: dto.validation_dataset ?? null,
    testDataset: dto.test_dataset ?? null,
    evaluations: dto.evaluations ?? null,
    artifactFilePaths: dto.artifact_file_paths ?? null,
    tags: dto.tags ?? null,
  };
}

export function experimentChanges(dto: UpdateExperimentDto): ExperimentChanges {
  return {
    modelVersionId: dto.model_version_id,
    experimentName: dto.experiment_name,
    description: dto.description,
    trainingDataset: dto.training_dataset,
    validationDataset: dto.validation_dataset,
    testDataset: dto.test_dataset,
    tags: dto.tags,
  };
}
