import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import type { FieldError } from '#errors';
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, validateSync } from 'class-validator';
import { fieldPath } from '../json/field-path.js';
import { JsonBody } from '../json/json-body.js';
import { bodyMissing } from '../problem/request-errors.js';
import { documentsOf } from './documents.js';
import { validationFailed } from './validation-failed.js';

type Dto = new () => object;

/**
 * Turns a JSON body into the DTO of the route, or refuses it naming every wrong field at once: unknown ones too, since
 * a typo must not lose data silently. What the DTO declares as a JSON document stays text.
 */
@Injectable()
export class BodyPipe implements PipeTransform {
  private readonly fields = new WeakMap<Dto, ReadonlySet<string>>();

  transform(body: unknown, metadata: ArgumentMetadata): unknown {
    if (metadata.type !== 'body') return body;
    const dto = metadata.metatype as Dto;
    if (!(body instanceof JsonBody)) throw bodyMissing();
    if (!isObject(body.value))
      throw validationFailed([{ path: '', message: 'the body must be a JSON object' }]);
    const known = this.fieldsOf(dto);
    const problems = [...body.problems, ...unknownFields(body.value, known)];
    const instance = plainToInstance(dto, pick(body, body.value, known, documentsOf(dto)));
    for (const error of validateSync(instance)) {
      const [message = 'is wrong'] = Object.values(error.constraints ?? {});
      problems.push({ path: error.property, message });
    }
    if (problems.length > 0) throw validationFailed(problems);
    return instance;
  }

  private fieldsOf(dto: Dto): ReadonlySet<string> {
    let fields = this.fields.get(dto);
    if (!fields) {
      const metadata = getMetadataStorage().getTargetValidationMetadatas(dto, '', true, false);
      fields = new Set(metadata.map(({ propertyName }) => propertyName));
      this.fields.set(dto, fields);
    }
    return fields;
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

function pick(
  body: JsonBody,
  value: Record<string, unknown>,
  known: ReadonlySet<string>,
  documents: readonly string[],
): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  for (const key of known) {
    if (!Object.hasOwn(value, key)) continue;
    picked[key] = documents.includes(key) && value[key] !== null ? body.textOf(key) : value[key];
  }
  return picked;
}
