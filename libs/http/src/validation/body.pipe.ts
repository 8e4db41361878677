import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import type { FieldError } from '#errors';
import { fieldPath } from '../json/field-path.js';
import { JsonBody } from '../json/json-body.js';
import { bodyMissing } from '../problem/request-errors.js';
import { fieldsOf, problemsOf } from './dto.js';
import { JsonList } from './list-field.js';
import { documents, lists } from './mark.js';
import { ofDto, type Dto } from './of-dto.js';
import { validationFailed } from './validation-failed.js';

/** A field of a DTO, and what becomes of its value. */
interface Part {
  readonly field: string;
  readonly read: (value: unknown, body: JsonBody, field: string) => unknown;
}

const partsOf = ofDto((dto): readonly Part[] =>
  [...fieldsOf(dto)].map((field) => {
    if (documents.fieldsOf(dto).includes(field)) return { field, read: documentOf };
    return { field, read: lists.fieldsOf(dto).includes(field) ? listOf : asIs };
  }),
);

/**
 * Turns a JSON body into the DTO of the route, or refuses it naming every wrong field at once: unknown ones too, since
 * a typo must not lose data silently. What the DTO declares as a JSON document stays text.
 */
export class BodyPipe implements PipeTransform {
  transform(body: unknown, metadata: ArgumentMetadata): unknown {
    if (metadata.type !== 'body') return body;
    if (!(body instanceof JsonBody)) throw bodyMissing();
    if (!isObject(body.value))
      throw validationFailed([{ path: '', message: 'the body must be a JSON object' }]);
    const dto = metadata.metatype as Dto;
    const instance = make(dto, body, body.value);
    const problems = [
      ...body.problems,
      ...unknownFields(body.value, fieldsOf(dto)),
      ...problemsOf(instance),
    ];
    if (problems.length > 0) throw validationFailed(problems);
    return instance;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function make(dto: Dto, body: JsonBody, value: Readonly<Record<string, unknown>>): object {
  const instance = new dto() as Record<string, unknown>;
  for (const { field, read } of partsOf(dto)) {
    if (Object.hasOwn(value, field)) instance[field] = read(value[field], body, field);
  }
  return instance;
}

function asIs(value: unknown): unknown {
  return value;
}

function documentOf(value: unknown, body: JsonBody, field: string): unknown {
  return value === null ? null : body.textOf(field);
}

/** Not copied: it may have a thousand records. */
function listOf(value: unknown, body: JsonBody, field: string): unknown {
  return Array.isArray(value) ? new JsonList(body.textOf(field) ?? '', value) : value;
}

function unknownFields(value: object, known: ReadonlySet<string>): FieldError[] {
  return Object.keys(value)
    .filter((key) => !known.has(key))
    .map((key) => ({ path: fieldPath([key]), message: 'is not a field of this request' }));
}
