import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { field, type FieldOptions, type FieldRule } from './field-decorator.js';
import { repeatables } from './mark.js';
import { isTime } from './iso-time.js';
import { hasLength } from './text-length.js';

/** A parameter of a query string. An initial value of the property is what stands in when it is left out. */
export interface QueryOptions extends Omit<FieldOptions, 'nullable'> {
  /** Documents the initial value of the property. */
  readonly default?: unknown;
}

/** Says in the OpenAPI document that a list is one text; swagger passes it on without knowing it. */
const COMMAS: object = { explode: false };
const INTEGER = /^-?(?:0|[1-9]\d*)$/;

/** A whole number within limits, in plain decimal digits. */
export function QueryInt(options: QueryOptions & { min: number; max: number }): PropertyDecorator {
  const { min, max } = options;
  return applyDecorators(
    read((text) => (INTEGER.test(text) ? Number(text) : text)),
    parameter(
      {
        expectation: `must be a whole number from ${String(min)} to ${String(max)}`,
        test: (value) => typeof value === 'number' && value >= min && value <= max,
        schema: { type: 'integer', minimum: min, maximum: max },
      },
      options,
    ),
  );
}

/** Text of 1 to `maxLength` characters (Unicode code points). */
export function QueryText(options: QueryOptions & { maxLength: number }): PropertyDecorator {
  const { maxLength } = options;
  return parameter(
    {
      expectation: `must have 1 to ${String(maxLength)} characters`,
      test: (value) => hasLength(value, maxLength) && value !== '',
      schema: { type: 'string', minLength: 1, maxLength },
    },
    options,
  );
}

/** One of a few words, written exactly so. */
export function QueryChoice(choices: readonly string[], options: QueryOptions): PropertyDecorator {
  return parameter(
    {
      expectation: `must be ${choices.map((choice) => `"${choice}"`).join(' or ')}`,
      test: (value) => choices.some((choice) => choice === value),
      schema: { type: 'string', enum: [...choices] },
    },
    options,
  );
}

/** A day, or a time with its zone, of ISO 8601. A day stands for its beginning in UTC. */
export function QueryTime(options: QueryOptions): PropertyDecorator {
  return parameter(
    {
      expectation: 'must be a day, or a time with its zone, of ISO 8601: "2026-01-31T12:00:00Z"',
      test: (value) => typeof value === 'string' && isTime(value),
      schema: { type: 'string', format: 'date-time' },
    },
    options,
  );
}

/** Distinct values, separated by commas. */
export function QueryList(options: QueryOptions & { min: number; max: number }): PropertyDecorator {
  const { min, max } = options;
  return applyDecorators(
    read((text) => text.split(',')),
    parameter(
      {
        expectation: `must be ${String(min)} to ${String(max)} different values, separated by commas`,
        test: (value) => Array.isArray(value) && isListOf(value, min, max),
        schema: {
          ...COMMAS,
          type: 'array',
          items: { type: 'string', minLength: 1 },
          minItems: min,
          maxItems: max,
          uniqueItems: true,
        },
      },
      options,
    ),
  );
}

/** Distinct texts, each given as a parameter of its own: `key=loss&key=val_loss`. */
export function QueryTexts(
  options: QueryOptions & { maxItems: number; maxLength: number },
): PropertyDecorator {
  const { maxItems, maxLength } = options;
  return applyDecorators(
    repeatables.put,
    parameter(
      {
        expectation: `must be at most ${String(maxItems)} different texts of 1 to ${String(maxLength)} characters`,
        test: (value) =>
          Array.isArray(value) &&
          isListOf(value, 1, maxItems) &&
          value.every((text) => hasLength(text, maxLength)),
        schema: {
          type: 'array',
          items: { type: 'string', minLength: 1, maxLength },
          maxItems,
          uniqueItems: true,
        },
      },
      options,
    ),
  );
}

function isListOf(values: readonly unknown[], min: number, max: number): boolean {
  if (values.length < min || values.length > max || values.includes('')) return false;
  return new Set(values).size === values.length;
}

/** Turns the text of a parameter into the value of the property. */
function read(convert: (text: string) => unknown): PropertyDecorator {
  const transform = ({ value }: { value: unknown }): unknown =>
    typeof value === 'string' ? convert(value) : value;
  return Transform(transform, { toClassOnly: true });
}

function parameter(rule: FieldRule, { default: initial, ...options }: QueryOptions) {
  const schema = { ...rule.schema, ...(initial !== undefined && { default: initial }) };
  return field({ ...rule, schema }, options);
}
