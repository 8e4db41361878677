import { SCHEMA_OBJECTS } from '#database';
import { isForeignKey } from '../set-aside.js';
import { ARCHIVED } from './tables.js';

const TABLES = [...ARCHIVED.map(({ table }) => table), 'experiment_evaluations'];

/** Indexes without keys, which rows in the order of their key would only fill in disorder, and foreign keys, looked up row by row. */
export const ASIDE = SCHEMA_OBJECTS.filter(
  (object) => TABLES.includes(object.table) && (object.kind === 'index' || isForeignKey(object)),
);
