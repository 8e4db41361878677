import { field, type FieldOptions } from './field-decorator.js';
import { hasLength } from './text-length.js';

/** A whole number within bounds. */
export function IntegerField(
  options: FieldOptions & { minimum: number; maximum: number; default?: number },
): PropertyDecorator {
  const { minimum, maximum, default: standard } = options;
  return field(
    {
      expectation: `must be a whole number from ${String(minimum)} to ${String(maximum)}`,
      test: (value) =>
        typeof value === 'number' &&
        Number.isInteger(value) &&
        value >= minimum &&
        value <= maximum,
      schema: {
        type: 'integer',
        minimum,
        maximum,
        ...(standard !== undefined && { default: standard }),
      },
    },
    options,
  );
}

/** True or false. */
export function BooleanField(options: FieldOptions & { default?: boolean }): PropertyDecorator {
  const { default: standard } = options;
  return field(
    {
      expectation: 'must be true or false',
      test: (value) => typeof value === 'boolean',
      schema: { type: 'boolean', ...(standard !== undefined && { default: standard }) },
    },
    options,
  );
}

/** A list of different texts. */
export function TextsField(
  options: FieldOptions & { minItems: number; maxItems: number; maxLength: number },
): PropertyDecorator {
  const { minItems, maxItems, maxLength } = options;
  return field(
    {
      expectation:
        `must be a list of ${String(minItems)} to ${String(maxItems)} different strings ` +
        `of at most ${String(maxLength)} characters`,
      test: (value) =>
        Array.isArray(value) &&
        value.length >= minItems &&
        value.length <= maxItems &&
        value.every((text) => hasLength(text, maxLength)) &&
        new Set(value).size === value.length,
      schema: {
        type: 'array',
        items: { type: 'string', maxLength },
        minItems,
        maxItems,
        uniqueItems: true,
      },
    },
    options,
  );
}
