import type { JsonText } from '../json/json-writer.js';

/** The answer of a route about one record: its JSON, and the tag of the state it is in. */
export class RecordAnswer {
  constructor(
    readonly json: JsonText,
    readonly tag: string,
  ) {}
}
