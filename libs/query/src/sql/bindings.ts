/** A value for a `$n`: text, which the SQL casts to what it is. */
export type BoundValue = string | boolean | readonly string[] | null;

/** The values of a statement, numbered as they are bound. */
export class Bindings {
  readonly #values: BoundValue[];

  /** @param values - those that the statement has already, `$1` first */
  constructor(values: readonly BoundValue[] = []) {
    this.#values = [...values];
  }

  /** All values so far, `$1` first. */
  get values(): readonly BoundValue[] {
    return this.#values;
  }

  /** @returns the parameter that stands for the value: `$3` */
  bind(value: BoundValue): string {
    this.#values.push(value);
    return `$${String(this.#values.length)}`;
  }
}
