/** A row that has arrived. What the driver's own queries want of it is read when they ask. */
export class DataRow {
  readonly name = 'dataRow';

  /** @param start - where the values begin: with how many they are */
  constructor(
    readonly source: Buffer,
    readonly start: number,
    readonly end: number,
  ) {}

  /** Its bytes, as the protocol counts them. */
  get length(): number {
    return this.end - this.start + 4;
  }

  get fields(): (string | null)[] {
    const { source } = this;
    const count = source.readInt16BE(this.start);
    const fields: (string | null)[] = [];
    let at = this.start + 2;
    for (let index = 0; index < count; index += 1) {
      const length = source.readInt32BE(at);
      at += 4;
      fields.push(length < 0 ? null : source.toString('utf8', at, at + length));
      if (length > 0) at += length;
    }
    return fields;
  }
}
