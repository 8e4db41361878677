import { DocumentField, limits, NameField, TextField } from '#http';

const optional = { optional: true, nullable: true } as const;

/** The fields that creating and changing an experiment have in common. */

export function VersionField(options: { optional?: boolean } = {}): PropertyDecorator {
  return NameField({
    description: 'The version of the model that was trained. Several experiments may have it.',
    example: 'v3',
    ...options,
  });
}

export function ExperimentNameField(): PropertyDecorator {
  return NameField({
    description: 'A name for people; need not be unique.',
    example: 'wide forest, seed 7',
    ...optional,
  });
}

export function DescriptionField(): PropertyDecorator {
  return TextField({
    description: 'Notes for people.',
    example: 'After the label fix.',
    maxLength: limits.description,
    ...optional,
  });
}

export function DatasetField(use: string): PropertyDecorator {
  return TextField({
    description: `The name or location of the data for ${use}. It is kept as text and never fetched.`,
    example: `s3://datasets/iris/${use}.parquet`,
    maxLength: limits.dataset,
    ...optional,
  });
}

export function EvaluationsField(
  options: { optional?: boolean; nullable?: boolean } = {},
): PropertyDecorator {
  return DocumentField({
    description: 'How well it did. Send NaN and infinities as "NaN", "Infinity" and "-Infinity".',
    example: { accuracy: 0.973, loss: 0.081 },
    ...options,
  });
}

export function ArtifactFilePathsField(
  options: { optional?: boolean; nullable?: boolean } = {},
): PropertyDecorator {
  return DocumentField({
    description: 'Where the files lie. The paths are kept as text and never fetched.',
    example: { model: 's3://models/iris/forest-7.onnx' },
    ...options,
  });
}
