import type { FieldError } from '#errors';
import { getMetadataStorage, validateSync } from 'class-validator';
import type { FieldRule } from './field-decorator.js';

/** A class whose fields say what a request may hold. */
export type Dto = new () => object;

const known = new WeakMap<Dto, ReadonlySet<string>>();

/** The names of the fields that a DTO class declares. */
export function fieldsOf(dto: Dto): ReadonlySet<string> {
  let fields = known.get(dto);
  if (!fields) {
    const metadata = getMetadataStorage().getTargetValidationMetadatas(dto, '', true, false);
    fields = new Set(metadata.map(({ propertyName }) => propertyName));
    known.set(dto, fields);
  }
  return fields;
}

/** What is wrong with the fields of an instance: of each its first problem, or what is wrong inside of it. */
export function problemsOf(instance: object): FieldError[] {
  return validateSync(instance).flatMap(({ property, value, constraints = {}, contexts = {} }) => {
    const [[name, message] = ['', 'is wrong']] = Object.entries(constraints);
    const rule = (contexts as Record<string, FieldRule | undefined>)[name];
    const inside = rule?.errorsIn?.(property, value) ?? [];
    return inside.length > 0 ? inside : [{ path: property, message }];
  });
}
