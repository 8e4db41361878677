import { recordTag } from '#database';
import { jsonWriter, RecordAnswer } from '#http';
import type { CreateModelDto } from './dto/create-model.dto.js';
import type { ModelDto } from './dto/model.dto.js';
import type { UpdateModelDto } from './dto/update-model.dto.js';
import type { ModelChanges, ModelRow, NewModel } from './model.types.js';

/** Writes a row as the JSON of a {@link ModelDto}. */
export const writeModel = jsonWriter<keyof ModelDto>({
  model_id: 'text',
  project_id: 'text',
  model_name: 'text',
  description: 'text',
  tags: 'json',
  created_datetime: 'time',
  updated_datetime: 'time',
  deleted_datetime: 'time',
});

/** Answers with one model. */
export function answerModel(row: ModelRow): RecordAnswer {
  return new RecordAnswer(writeModel(row), recordTag(row));
}

export function newModel(dto: CreateModelDto): NewModel {
  return {
    projectId: dto.project_id,
    modelName: dto.model_name,
    description: dto.description ?? null,
    tags: dto.tags ?? null,
  };
}

export function modelChanges(dto: UpdateModelDto): ModelChanges {
  return { modelName: dto.model_name, description: dto.description, tags: dto.tags };
}
