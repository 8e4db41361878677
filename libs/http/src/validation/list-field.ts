import { applyDecorators } from '@nestjs/common';
import type { FieldError } from '#errors';
import { fieldPath } from '../json/field-path.js';
import type { JsonText } from '../json/json-writer.js';
import { fieldsOf, problemsOf } from './dto.js';
import { field, type FieldOptions } from './field-decorator.js';
import { documents, lists } from './mark.js';
import type { Dto } from './of-dto.js';
import { MAX_PROBLEMS } from './validation-failed.js';

/** A list of a request: checked item by item, and kept as the JSON text it was sent as. */
export class JsonList {
  constructor(
    /** A JSON array of objects. */
    readonly text: JsonText,
    readonly items: readonly unknown[],
  ) {}

  get length(): number {
    return this.items.length;
  }
}

export interface ListOptions extends FieldOptions {
  readonly min: number;
  readonly max: number;
  /** What is wrong with an item, where a DTO would take too long to say. */
  readonly errorsOf?: (item: unknown) => readonly FieldError[];
}

/** A list of objects that each are what a route for one of them takes. The property holds a {@link JsonList}. */
export function ListField(dto: Dto, options: ListOptions): PropertyDecorator {
  const { min, max, errorsOf = (item: unknown) => dtoErrors(item, dto) } = options;
  return applyDecorators(
    lists.put,
    field(
      {
        expectation: `must be a list of ${String(min)} to ${String(max)} objects`,
        test: (value) =>
          value instanceof JsonList &&
          value.length >= min &&
          value.length <= max &&
          itemErrors(value, errorsOf, '').length === 0,
        errorsIn: (name, value) =>
          value instanceof JsonList && value.length >= min && value.length <= max
            ? itemErrors(value, errorsOf, name)
            : [],
        schema: { type: [dto], minItems: min, maxItems: max },
      },
      options,
    ),
  );
}

/** What is wrong with the items, by their place in the list; at least those problems that are told. */
function itemErrors(
  { items }: JsonList,
  errorsOf: (item: unknown) => readonly FieldError[],
  name: string,
): FieldError[] {
  const errors: FieldError[] = [];
  for (const [index, item] of items.entries()) {
    for (const { path, message } of errorsOf(item)) {
      const at = fieldPath([name, index]);
      errors.push({ path: path === '' ? at : `${at}.${path}`, message });
    }
    if (errors.length >= MAX_PROBLEMS) break;
  }
  return errors;
}

function dtoErrors(item: unknown, dto: Dto): FieldError[] {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    return [{ path: '', message: 'must be an object' }];
  }
  const [known, texts] = [fieldsOf(dto), documents.fieldsOf(dto)];
  const picked: Record<string, unknown> = {};
  const errors: FieldError[] = [];
  for (const [key, value] of Object.entries(item)) {
    if (!known.has(key)) {
      errors.push({ path: fieldPath([key]), message: 'is not a field of this request' });
    } else picked[key] = texts.includes(key) && value !== null ? JSON.stringify(value) : value;
  }
  return [...errors, ...problemsOf(Object.assign(new dto(), picked))];
}
