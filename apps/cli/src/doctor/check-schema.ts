import { adHocStatement, SCHEMA_OBJECTS, type Database, type SchemaObject } from '#database';
import { ASIDE } from '../legacy/bulk.sql.js';
import { Findings, type Finding } from './finding.js';

const THERE = adHocStatement(
  'doctor.schema',
  `SELECT c.relname AS name, i.indisvalid AND i.indisready AS is_valid
   FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relnamespace = current_schema()::regnamespace
   UNION ALL
   SELECT conname, convalidated FROM pg_constraint
   WHERE connamespace = current_schema()::regnamespace AND contype IN ('f', 'c')
   UNION ALL
   SELECT t.tgname, t.tgenabled IN ('O', 'A') FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
   WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal`,
);

/**
 * Whether all indexes, constraints and triggers are there and in force.
 * @param isSetAside - an import has set some aside
 */
export async function checkSchema(database: Database, isSetAside: boolean): Promise<Finding[]> {
  const found = new Findings('schema');
  const there = new Map<string, boolean>();
  const rows = await database.query<{ name: string; is_valid: boolean }>(THERE, []);
  for (const { name, is_valid: isValid } of rows) there.set(name, isValid);
  const aside = isSetAside ? ASIDE.filter(({ name }) => !there.has(name)) : [];
  if (isSetAside) {
    found.problem(
      `An import from the old service is under way, or was cut off: ${String(aside.length)} indexes and constraints are set aside, and the index of numbers is not filled. Searches are slow, and wrong.`,
      'Let it come to its end. If none runs, modeldb import legacy <source> makes them anew at its end, whatever the source.',
    );
  }
  for (const wanted of SCHEMA_OBJECTS.filter((object) => !aside.includes(object))) {
    const isValid = there.get(wanted.name);
    if (isValid === undefined) {
      found.problem(`The ${wanted.kind} ${wanted.name} is missing.`, makeAnew(wanted));
    } else if (!isValid) {
      found.problem(
        `The ${wanted.kind} ${wanted.name} is there, but not in force.`,
        putInForce(wanted),
      );
    }
  }
  return found.list;
}

/** Without keeping writers waiting, where PostgreSQL can. */
function makeAnew({ definition }: SchemaObject): string {
  return `${definition.replace(/^(CREATE (?:UNIQUE )?INDEX)/, '$1 CONCURRENTLY')};`;
}

function putInForce({ kind, name, table }: SchemaObject): string {
  if (kind === 'index') return `REINDEX INDEX CONCURRENTLY ${name};`;
  return kind === 'constraint'
    ? `ALTER TABLE ${table} VALIDATE CONSTRAINT ${name};`
    : `ALTER TABLE ${table} ENABLE TRIGGER ${name};`;
}
