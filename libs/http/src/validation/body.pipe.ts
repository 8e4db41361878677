import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import type { FieldError } from '#errors';
import { fieldPath } from '../json/field-path.js';
import { JsonBody } from '../json/json-body.js';
import { bodyMissing } from '../problem/request-errors.js';
import { documentsOf } from './documents.js';
import { JsonList, listsOf } from './list-field.js';
import { fieldsOf, problemsOf, type Dto } from './dto.js';
import { validationFailed } from './validation-failed.js';

/**
 * Turns a JSON body into the DTO of the route, or refuses it naming every wrong field at once: unknown ones too, since
 * a typo must not lose data silently. What the DTO declares as a JSON document stays text.
 */
export class BodyPipe implements PipeTransform {
  transform(body: unknown, metadata: ArgumentMetadata): unknown {
    if (metadata.type !== 'body') return body;
    const dto = metadata.metatype as Dto;
    if (!(body instanceof JsonBody)) throw bodyMissing();
    if (!isObject(body.value))
      throw validationFailed([{ path: '', message: 'the body must be a JSON object' }]);
    const known = fieldsOf(dto);
    // As a plain assignment: a list of a thousand records would otherwise be copied value by value.
    const instance = Object.assign(new dto(), pick(body, body.value, dto));
    const problems = [
      ...body.problems,
      ...unknownFields(body.value, known),
      ...problemsOf(instance),
    ];
    if (problems.length > 0) throw validationFailed(problems);
    return instance;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unknownFields(value: object, known: ReadonlySet<string>): FieldError[] {
  return Object.keys(value)
    .filter((key) => !known.has(key))
    .map((key) => ({ path: fieldPath([key]), message: 'is not a field of this request' }));
}

function pick(body: JsonBody, value: Record<string, unknown>, dto: Dto): Record<string, unknown> {
  const [documents, lists] = [documentsOf(dto), listsOf(dto)];
  const picked: Record<string, unknown> = {};
  for (const key of fieldsOf(dto)) {
    if (!Object.hasOwn(value, key)) continue;
    const content = value[key];
    if (lists.includes(key) && Array.isArray(content)) {
      picked[key] = new JsonList(body.textOf(key) ?? '', content);
    } else picked[key] = documents.includes(key) && content !== null ? body.textOf(key) : content;
  }
  return picked;
}
