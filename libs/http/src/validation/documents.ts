const DOCUMENTS = Symbol('modeldb:documents');

/** Marks a property whose value stays JSON text from the socket to the database. */
export function markDocument(prototype: object, property: string): void {
  const known = (Reflect.getMetadata(DOCUMENTS, prototype) ?? []) as string[];
  Reflect.defineMetadata(DOCUMENTS, [...known, property], prototype);
}

/** The properties of a DTO class that {@link markDocument} marked. */
export function documentsOf(dto: new () => object): readonly string[] {
  return (Reflect.getMetadata(DOCUMENTS, dto.prototype as object) ?? []) as string[];
}
