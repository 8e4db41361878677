import type { FieldError } from '#errors';
import { getMetadataStorage, ValidationTypes, validateSync } from 'class-validator';
import type { FieldRule } from './field-decorator.js';
import { ofDto, type Dto } from './of-dto.js';

/** What is to be true of a field. */
interface Check {
  readonly field: string;
  /** Whether its value is to be looked at: of one that may be missing only if it is there. */
  readonly applies: (instance: object, value: unknown) => boolean;
  readonly test: (value: unknown) => boolean;
}

/** The names of the fields that a DTO class declares. */
export const fieldsOf = ofDto(
  (dto): ReadonlySet<string> => new Set(metadataOf(dto).map(({ propertyName }) => propertyName)),
);

/** What class-validator was told of the fields, put together once, which it does anew for each instance. */
const checksOf = ofDto((dto): readonly Check[] => {
  const metadata = metadataOf(dto);
  return [...fieldsOf(dto)].map((field) => {
    const own = metadata.filter(({ propertyName }) => propertyName === field);
    const [conditions, rules] = [own.filter(isCondition), own.filter((one) => !isCondition(one))];
    const appliesAll = conditions.map(({ constraints }) => constraints[0] as Check['applies']);
    const tests = rules.map(({ context }) => (context as FieldRule | undefined)?.test ?? isUnknown);
    return {
      field,
      applies: (instance, value) => appliesAll.every((applies) => applies(instance, value)),
      test: (value) => tests.every((test) => test(value)),
    };
  });
});

/**
 * What is wrong with the fields of an instance: of each its first problem, or what is wrong inside of it. Only where
 * something is, class-validator is asked what.
 */
export function problemsOf(instance: object): FieldError[] {
  return isSound(instance) ? [] : problemsIn(instance);
}

function isSound(instance: object): boolean {
  const values = instance as Readonly<Record<string, unknown>>;
  return checksOf(instance.constructor as Dto).every(({ field, applies, test }) => {
    const value = values[field];
    return !applies(instance, value) || test(value);
  });
}

function problemsIn(instance: object): FieldError[] {
  return validateSync(instance).flatMap(({ property, value, constraints = {}, contexts = {} }) => {
    const [[name, message] = ['', 'is wrong']] = Object.entries(constraints);
    const rule = (contexts as Record<string, FieldRule | undefined>)[name];
    const inside = rule?.errorsIn?.(property, value) ?? [];
    return inside.length > 0 ? inside : [{ path: property, message }];
  });
}

function isCondition({ type }: { readonly type: string }): boolean {
  return type === ValidationTypes.CONDITIONAL_VALIDATION;
}

/** Of a rule that is none of ours: class-validator knows it. */
function isUnknown(): boolean {
  return false;
}

function metadataOf(dto: Dto) {
  return getMetadataStorage().getTargetValidationMetadatas(dto, '', true, false);
}
