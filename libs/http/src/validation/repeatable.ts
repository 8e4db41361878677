const REPEATABLE = Symbol('modeldb:repeatable');

/** Marks a parameter that may be given more than once. */
export function markRepeatable(prototype: object, property: string): void {
  const known = (Reflect.getMetadata(REPEATABLE, prototype) ?? []) as string[];
  Reflect.defineMetadata(REPEATABLE, [...known, property], prototype);
}

/** The parameters of a DTO class that {@link markRepeatable} marked. */
export function repeatablesOf(dto: new () => object): readonly string[] {
  return (Reflect.getMetadata(REPEATABLE, dto.prototype as object) ?? []) as string[];
}
