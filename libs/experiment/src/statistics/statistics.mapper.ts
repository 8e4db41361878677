import { jsonWriter, type JsonText } from '#http';
import { keyPath, stepsOfIndexedKey } from '../key-path.js';
import type { KnownKeyDto, ModelKeysDto } from './dto/model-keys.dto.js';
import type { ModelSummaryDto, ProjectSummaryDto } from './dto/summary.dto.js';
import type { Extremes, KeyedPart, KnownKey, ModelKeys, Summary } from './statistics.types.js';

const knownKey = jsonWriter<keyof KnownKeyDto>({
  key: 'text',
  path: 'json',
  count: 'json',
  types: 'json',
  min: 'json',
  max: 'json',
  values: 'json',
});

const modelKeys = jsonWriter<keyof ModelKeysDto>({
  model_id: 'text',
  experiments: 'json',
  examined: 'json',
  parameters: 'json',
  evaluations: 'json',
  tags: 'json',
  truncated: 'json',
});

const totals = {
  experiments: 'json',
  first_experiment_datetime: 'time',
  last_experiment_datetime: 'time',
  evaluations: 'json',
  truncated: 'json',
} as const;

const projectSummary = jsonWriter<keyof ProjectSummaryDto>({
  project_id: 'text',
  models: 'json',
  ...totals,
});

const modelSummary = jsonWriter<keyof ModelSummaryDto>({
  project_id: 'text',
  model_id: 'text',
  ...totals,
});

/** Writes the keys of a model as the JSON of a {@link ModelKeysDto}. */
export function writeModelKeys({ model, keys, truncated }: ModelKeys): JsonText {
  const write = (part: KeyedPart): JsonText => `[${keys[part].map(writeKnownKey).join(',')}]`;
  return modelKeys({
    ...model,
    parameters: write('parameters'),
    evaluations: write('evaluations'),
    tags: write('tags'),
    truncated: String(truncated),
  });
}

/** Writes a summary as the JSON of a {@link ProjectSummaryDto}. */
export function writeProjectSummary(summary: Summary): JsonText {
  return projectSummary({ ...summary.totals, ...evaluationsOf(summary) });
}

/** Writes a summary as the JSON of a {@link ModelSummaryDto}. */
export function writeModelSummary(summary: Summary, modelId: string): JsonText {
  return modelSummary({ ...summary.totals, ...evaluationsOf(summary), model_id: modelId });
}

function writeKnownKey({ path, min, max, choices, ...key }: KnownKey): JsonText {
  const steps = `[${path}]`;
  return knownKey({
    ...key,
    key: keyPath(JSON.parse(steps) as string[]),
    path: steps,
    min: numberText(min),
    max: numberText(max),
    values: choices,
  });
}

function evaluationsOf({ evaluations, truncated }: Summary) {
  const text = `[${evaluations.map(writeExtremes).join(',')}]`;
  return { evaluations: text, truncated: String(truncated) };
}

function writeExtremes(row: Extremes): JsonText {
  const key = JSON.stringify(keyPath(stepsOfIndexedKey(row.key)));
  const lowest = writeRecord(row.lowest, row.lowest_experiment_id);
  return `{"key":${key},"lowest":${lowest},"highest":${writeRecord(row.highest, row.highest_experiment_id)}}`;
}

function writeRecord(value: string, experimentId: string): JsonText {
  return `{"value":${String(numberText(value))},"experiment_id":${JSON.stringify(experimentId)}}`;
}

/** A number of PostgreSQL's as JSON: infinities are strings there. */
function numberText(value: string | null): JsonText | null {
  return value?.endsWith('Infinity') ? `"${value}"` : value;
}
