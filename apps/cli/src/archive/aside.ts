import { SCHEMA_OBJECTS, type SchemaObject } from '#database';
import { ARCHIVED } from './tables.js';

const TABLES = [...ARCHIVED.map(({ table }) => table), 'experiment_evaluations'];
const OBJECTS = SCHEMA_OBJECTS.filter(({ table }) => TABLES.includes(table));

const isForeignKey = ({ definition }: SchemaObject): boolean => definition.includes('FOREIGN KEY');

/**
 * Indexes without keys, which rows in the order of their key would only fill in disorder, and foreign keys, looked up row by row.
 * Those come last: they are checked when the indexes are there.
 */
export const ASIDE: readonly SchemaObject[] = [
  ...OBJECTS.filter(({ kind }) => kind === 'index'),
  ...OBJECTS.filter(isForeignKey),
];
