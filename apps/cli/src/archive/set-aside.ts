import { SCHEMA_OBJECTS, type SchemaObject } from '#database';
import type { Client } from 'pg';
import { refusal } from './refusal.js';
import { ARCHIVED } from './tables.js';

const TABLES = [...ARCHIVED.map(({ table }) => table), 'experiment_evaluations'];

const isForeignKey = ({ definition }: SchemaObject): boolean => definition.includes('FOREIGN KEY');

/** Indexes without keys, which rows in the order of their key would only fill in disorder, and foreign keys, looked up row by row. */
const ASIDE = SCHEMA_OBJECTS.filter(
  (object) => TABLES.includes(object.table) && (object.kind === 'index' || isForeignKey(object)),
);

/** Foreign keys are checked when the indexes are there. */
const BACK = [...ASIDE].sort((a, b) => Number(isForeignKey(a)) - Number(isForeignKey(b)));

/** Takes away what slows many rows down. The transaction is the only one that can use the tables then. */
export async function setAside(client: Client): Promise<void> {
  for (const { kind, name, table } of ASIDE) {
    await client.query(
      kind === 'index'
        ? `DROP INDEX IF EXISTS ${name}`
        : `ALTER TABLE ${table} DROP CONSTRAINT IF EXISTS ${name}`,
    );
  }
}

/**
 * Makes all of it anew, in one go each, which is several times as fast.
 * @throws ArchiveError when the rows break a rule
 */
export async function bringBack(
  client: Client,
  onProgress: (name: string, done: number, total: number) => void,
): Promise<void> {
  for (const [done, { name, table, definition }] of BACK.entries()) {
    onProgress(name, done, BACK.length);
    await client.query(definition).catch((error: unknown) => {
      throw refusal(error, table);
    });
  }
}
