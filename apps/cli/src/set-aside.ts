import type { SchemaObject } from '#database';
import type { ClientBase } from 'pg';

/** Takes away what slows many rows down. Until the end of the transaction nobody else can use the tables. */
export async function setAside(
  client: ClientBase,
  objects: readonly SchemaObject[],
): Promise<void> {
  for (const { kind, name, table } of objects) {
    await client.query(
      kind === 'index'
        ? `DROP INDEX IF EXISTS ${name}`
        : `ALTER TABLE ${table} DROP CONSTRAINT IF EXISTS ${name}`,
    );
  }
}

/** Makes all of it anew, in this order, in one go each, which is several times as fast as row by row. */
export async function bringBack(
  client: ClientBase,
  objects: readonly SchemaObject[],
  onProgress: (name: string, done: number) => void,
): Promise<void> {
  for (const [done, { name, definition }] of objects.entries()) {
    onProgress(name, done);
    await client.query(definition);
  }
}
