import { field, type FieldOptions } from './field-decorator.js';
import { limits } from './limits.js';
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

const MEMBER = /^(?:key:[0-9a-f]{16}|(?:user|group):[^\p{Cc}\ud800-\udfff]{1,255})$/u;

/** Who can be given a role: a key, a user or a group. */
export function MemberField(options: FieldOptions): PropertyDecorator {
  return field(
    {
      expectation: 'must be "key:" and its id, "user:" and its subject, or "group:" and its name',
      test: (value) => typeof value === 'string' && MEMBER.test(value),
      schema: { type: 'string', maxLength: limits.member },
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

/** One of a few words, written exactly so. */
export function ChoiceField(choices: readonly string[], options: FieldOptions): PropertyDecorator {
  return field(
    {
      expectation: `must be ${choices.map((choice) => `"${choice}"`).join(' or ')}`,
      test: (value) => choices.some((choice) => choice === value),
      schema: { type: 'string', enum: [...choices] },
    },
    options,
  );
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)$/;

/** A moment that is still to come. */
export function FutureField(options: FieldOptions): PropertyDecorator {
  return field(
    {
      expectation:
        'must be a time of ISO 8601 with its zone, in the future: "2030-01-31T12:00:00Z"',
      test: (value) =>
        typeof value === 'string' && TIME.test(value) && Date.parse(value) > Date.now(),
      schema: { type: 'string', format: 'date-time' },
    },
    options,
  );
}
