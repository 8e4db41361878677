import type { Fields } from '#query';

/** A number of a JSON document, exact. */
export class JsonNumber {
  constructor(readonly text: string) {}
}

/** JSON as a tree that loses nothing: numbers are text, and any key is possible. */
export type Json = null | boolean | string | JsonNumber | readonly Json[] | JsonObject;
export type JsonObject = ReadonlyMap<string, Json>;

/** What the filters of the tests are asked of. */
export interface QueryRecord {
  readonly name: string | null;
  readonly version: string | null;
  /** ISO 8601. */
  readonly created: string | null;
  readonly parameters: JsonObject | null;
  readonly evaluations: JsonObject | null;
}

/** The fields of {@link QueryRecord}, for a table that is called `r` in the statement. */
export const recordFields = {
  name: { type: 'text', sql: 'r.name' },
  version: { type: 'text', sql: 'r.version' },
  created: { type: 'time', sql: 'r.created' },
  parameters: { type: 'document', sql: 'r.parameters', example: 'learning_rate' },
  evaluations: { type: 'document', sql: 'r.evaluations' },
} as const satisfies Fields;

export function jsonText(value: Json): string {
  if (value instanceof JsonNumber) return value.text;
  if (value instanceof Map) {
    const members = [...(value as JsonObject)].map(
      ([key, member]) => `${JSON.stringify(key)}:${jsonText(member)}`,
    );
    return `{${members.join(',')}}`;
  }
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(jsonText).join(',')}]`;
  return JSON.stringify(value);
}
