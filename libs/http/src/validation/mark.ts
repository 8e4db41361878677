import { ofDto, type Dto } from './of-dto.js';

/** Something that fields of a DTO class are marked with, besides their rules. */
class Mark {
  private readonly key = Symbol('modeldb:mark');

  /** The fields of a class that have the mark. To be asked when the class is complete. */
  readonly fieldsOf = ofDto((dto: Dto) => this.markedIn(dto.prototype as object));

  /** Marks a field. */
  readonly put = (prototype: object, field: string | symbol): void => {
    Reflect.defineMetadata(this.key, [...this.markedIn(prototype), String(field)], prototype);
  };

  private markedIn(prototype: object): readonly string[] {
    return (Reflect.getMetadata(this.key, prototype) ?? []) as string[];
  }
}

/** Its value stays JSON text from the socket to the database. */
export const documents = new Mark();

/** It holds a list of records. */
export const lists = new Mark();

/** A parameter of a query string that may be given more than once. */
export const repeatables = new Mark();
