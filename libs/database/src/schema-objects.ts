import { DEFINITIONS } from './schema-definitions.js';

/** Something that the migrations make besides the tables. */
export interface SchemaObject {
  readonly kind: 'index' | 'constraint' | 'trigger';
  readonly name: string;
  readonly table: string;
  /** The statement that makes it. */
  readonly definition: string;
}

/** Everything that has to be there. */
export const SCHEMA_OBJECTS: readonly SchemaObject[] = DEFINITIONS.map((definition) => {
  const [, kind = '', name = ''] = /(INDEX|CONSTRAINT|TRIGGER) (\w+)/.exec(definition) ?? [];
  const [, table = ''] = /(?:^ALTER TABLE| ON) (\w+)/.exec(definition) ?? [];
  return { kind: kind.toLowerCase() as SchemaObject['kind'], name, table, definition };
});
