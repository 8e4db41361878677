import { jsonWriter, type JsonText } from '#http';
import { keyPath } from '../key-path.js';
import type { ComparedExperimentDto } from './dto/compared-experiment.dto.js';
import { PARTS, type ComparedRow, type Comparison, type Part } from './comparison.types.js';

const writeExperiment = jsonWriter<keyof ComparedExperimentDto>({
  experiment_id: 'text',
  experiment_name: 'text',
  project_id: 'text',
  model_id: 'text',
  model_name: 'text',
  model_version_id: 'text',
  created_datetime: 'time',
});

/** Writes a comparison as the JSON of a `ComparisonDto`. */
export function writeComparison({ experiments, rows }: Comparison): JsonText {
  const parts = writeParts((part) => rows[part].map((row) => writeRow(row, part)));
  return `{"experiments":[${experiments.map(writeExperiment).join(',')}],${parts}}`;
}

/** Writes what has to change to get from the first experiment to the second, as the JSON of a `DifferenceDto`. */
export function writeDifference({ experiments, rows }: Comparison): JsonText {
  const [from = 'null', to = 'null'] = experiments.map(writeExperiment);
  const parts = writeParts((part) => rows[part].filter((row) => row.differs).map(writeChange));
  return `{"from":${from},"to":${to},${parts}}`;
}

function writeParts(write: (part: Part) => JsonText[]): JsonText {
  return PARTS.map((part) => `"${part}":[${write(part).join(',')}]`).join(',');
}

function writeRow(row: ComparedRow, part: Part): JsonText {
  const best = `,"highest":${JSON.stringify(row.highest)},"lowest":${JSON.stringify(row.lowest)}`;
  return `{"key":${JSON.stringify(keyPath(row.path))},"values":[${row.values.join(',')}],"differs":${String(
    row.differs,
  )}${part === 'evaluations' ? best : ''}}`;
}

function writeChange({ path, values: [from = 'null', to = 'null'] }: ComparedRow): JsonText {
  const change = from === 'null' ? 'added' : to === 'null' ? 'removed' : 'changed';
  return `{"key":${JSON.stringify(keyPath(path))},"change":"${change}","from":${from},"to":${to}}`;
}
