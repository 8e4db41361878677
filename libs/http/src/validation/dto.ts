import type { FieldError } from '#errors';
import { getMetadataStorage, validateSync } from 'class-validator';

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

/** What is wrong with the fields of an instance: of each its first problem. */
export function problemsOf(instance: object): FieldError[] {
  return validateSync(instance).map(({ property, constraints = {} }) => {
    const [message = 'is wrong'] = Object.values(constraints);
    return { path: property, message };
  });
}
