import { memberAt, parseSubject, type Bindings, type Subject } from '#query';
import { EXPERIMENT_FIELDS } from '../experiment-fields.js';
import { FIELD } from './search.errors.js';

/** A part of an experiment that is answered, under the name by which it was asked for. */
export interface SelectedField {
  readonly name: string;
  readonly subject: Subject;
  readonly column: string;
}

/** What was selected of an experiment, by the fields' columns. */
export type SelectedRow = Readonly<Record<string, string | null>>;

/** Reads a list of fields. */
export function selectFields(fields: readonly string[]): SelectedField[] {
  return fields.map((name, index) => ({
    name,
    subject: parseSubject(name, EXPERIMENT_FIELDS, { ...FIELD, path: `fields[${String(index)}]` }),
    column: `field_${String(index)}`,
  }));
}

/** The columns of the selected fields. */
export function selectionSql(fields: readonly SelectedField[], bindings: Bindings): string {
  return fields.map((field) => `${sqlOf(field, bindings)} AS ${field.column}`).join(', ');
}

function sqlOf({ subject }: SelectedField, bindings: Bindings): string {
  const [name, ...keys] = subject.path;
  const field = EXPERIMENT_FIELDS[name];
  if (field?.type === 'document' && keys.length > 0) return memberAt(field, keys, bindings);
  return field?.sql ?? 'NULL';
}

/** Whether the field's column is text to be quoted, rather than JSON. */
export function isText({ subject }: SelectedField): boolean {
  return EXPERIMENT_FIELDS[subject.path[0]]?.type !== 'document';
}
