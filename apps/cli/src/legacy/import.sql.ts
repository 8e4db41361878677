import { writeEvents } from '#audit';
import { adHocStatement, statement, type Statement, type Violations } from '#database';
import { CodedError } from '#errors';
import { IS_SET_ASIDE } from './bulk.sql.js';
import { DOCUMENTS, TABLES, type Kind } from './legacy-rows.js';

/** The code of what a constraint says about a single row. */
export const ROW_REFUSED = 'LEGACY_ROW_REFUSED';

const refusal = (detail: string) => (): CodedError =>
  new CodedError({ kind: 'invalid', code: ROW_REFUSED, detail });

/** Others may write at the same time: what they take away is found here. */
const violations: Violations = {
  ck_projects_project_name: refusal('its name does not have 1 to 255 characters'),
  ck_models_model_name: refusal('its name does not have 1 to 255 characters'),
  ck_experiments_model_version_id: refusal('model_version_id does not have 1 to 255 characters'),
  ck_experiments_content_bytes: refusal('its documents and texts take more than 16 MiB'),
  fk_models_project_id: refusal('its project has just been removed'),
  fk_experiments_model_id: refusal('its model has just been removed'),
  pk_projects: refusal('another program has just made one with this id'),
  pk_models: refusal('another program has just made one with this id'),
  pk_experiments: refusal('another program has just made one with this id'),
  uq_projects_project_name: refusal('another program has just taken the name'),
  uq_models_project_id_name: refusal('another program has just taken the name'),
  planned_projects_project_name_idx: refusal('its new name is taken, too'),
  planned_models_project_id_model_name_idx: refusal('its new name is taken, too'),
};

/** Where a dry run puts the rows: tables of its own, which only its connection sees and which end with it. */
export const PLAN: readonly Statement[] = [
  ['projects', 'PRESERVE'],
  ['models', 'PRESERVE'],
  // Nobody looks at them again.
  ['experiments', 'DELETE'],
  ['experiment_evaluations', 'DELETE'],
].map(([table = '', rows = '']) =>
  adHocStatement(
    `legacy.plan_${table}`,
    `CREATE TEMP TABLE planned_${table} (LIKE ${table} INCLUDING ALL) ON COMMIT ${rows} ROWS`,
  ),
);

/** Stands between documents: JSON has it nowhere. */
export const DELIMITER = '\u0001';

/**
 * Imports the rows `$1`, a JSON array, and answers a row for each that is not as new as it should be: `present` when it was
 * imported before, `taken` when another record has its id, `collision` when another one has its name. With `$2`, the latter
 * are imported as well, with their id behind the name. The last value says
 * whose doing it is; a dry run does not take it. Before it, experiments have their {@link DOCUMENTS}, a value for each column: the
 * texts of all rows, so that only `jsonb` parses them.
 */
export const importStatement = (kind: Kind, isDry: boolean): Statement =>
  kind === 'experiment' ? importExperiments(isDry) : importNamed(kind, isDry);

function importNamed(kind: 'project' | 'model', isDry: boolean): Statement {
  const table = `${kind}s`;
  const [id, name] = [`${kind}_id`, `${kind}_name`];
  const scope = kind === 'model' ? ['project_id'] : [];
  const same = [...scope, 'created_datetime'].map((column) => `x.${column} = s.${column}`);
  const inScope = [...scope, name].map((column) => `x.${column} = k.${column}`).join(' AND ');
  const existing = isDry
    ? `(SELECT * FROM ${table} UNION ALL SELECT * FROM planned_${table})`
    : table;
  const columns = [id, ...scope, 'description', 'created_datetime'];
  return statement(
    `legacy.${isDry ? 'plan' : 'import'}_${kind}`,
    `WITH sent AS MATERIALIZED (
       ${sent([...TABLES[kind].required, ...TABLES[kind].optional])}
     ), known AS MATERIALIZED (
       SELECT s.*, CASE WHEN x.${id} IS NULL THEN 'new' WHEN ${same.join(' AND ')} THEN 'present' ELSE 'taken' END AS standing
       FROM sent s LEFT JOIN ${existing} x ON x.${id} = s.${id}
     ), judged AS MATERIALIZED (
       SELECT k.*, CASE WHEN k.standing = 'new' AND (
         row_number() OVER (PARTITION BY ${['k.standing', ...scope, name].join(', ')} ORDER BY k.position) > 1
         OR EXISTS (SELECT FROM ${existing} x WHERE ${inScope} AND x.deleted_datetime IS NULL)
       ) THEN 'collision' ELSE k.standing END AS verdict
       FROM known k
     ), created AS (
       INSERT INTO ${isDry ? 'planned_' : ''}${table} (${columns.join(', ')}, updated_datetime, ${name})
       SELECT ${columns.join(', ')}, created_datetime,
         CASE verdict WHEN 'new' THEN ${name} ELSE left(${name}, 252 - char_length(${id})) || ' (' || ${id} || ')' END
       FROM judged WHERE verdict = 'new' OR verdict = 'collision' AND $2::boolean
       ORDER BY position
       RETURNING ${id} AS id
     )${isDry ? '' : imported(kind, '$3')}
     ${VERDICTS}`,
    violations,
  );
}

function importExperiments(isDry: boolean): Statement {
  const planned = isDry ? 'planned_' : '';
  const columns = [
    ...['experiment_id', 'project_id', 'model_id', 'model_version_id', 'created_datetime'],
    ...['training_dataset', 'validation_dataset', 'test_dataset'],
  ];
  return statement(
    `legacy.${isDry ? 'plan' : 'import'}_experiment`,
    `WITH sent AS MATERIALIZED (
       SELECT * FROM ROWS FROM (
         json_to_recordset($1::json) AS (position int, ${typed(columns)}),
         ${DOCUMENTS.map((_, index) => documents(`$${String(index + 3)}`)).join(', ')}
       ) AS s(position, ${[...columns, ...DOCUMENTS].join(', ')})
     ), judged AS MATERIALIZED (
       SELECT s.*, CASE
         WHEN x.experiment_id IS NULL THEN 'new'
         WHEN x.model_id = s.model_id AND x.model_version_id = s.model_version_id
           AND x.created_datetime = s.created_datetime THEN 'present'
         ELSE 'taken'
       END AS verdict
       FROM sent s LEFT JOIN LATERAL (
         SELECT experiment_id, model_id, model_version_id, created_datetime FROM experiments
         WHERE experiment_id = s.experiment_id OFFSET 0
       ) x ON true
     ), created AS (
       INSERT INTO ${planned}experiments (${columns.join(', ')}, updated_datetime, ${DOCUMENTS.join(', ')})
       SELECT ${columns.join(', ')}, created_datetime, ${DOCUMENTS.map((column) => `${column}::jsonb`).join(', ')}
       FROM judged WHERE verdict = 'new' AND $2::boolean IS NOT NULL
       ORDER BY position
       RETURNING experiment_id, experiment_id AS id, project_id, model_id, evaluations
     ), indexed AS (
       INSERT INTO ${planned}experiment_evaluations (experiment_id, key, value, model_id, project_id)
       SELECT c.experiment_id, leaf.key, leaf.value, c.model_id, c.project_id
       FROM created c, numeric_leaves(c.evaluations) leaf${isDry ? '' : ` WHERE NOT (${IS_SET_ASIDE})`}
     )${isDry ? '' : imported('experiment', `$${String(DOCUMENTS.length + 3)}`)}
     ${VERDICTS}`,
    violations,
  );
}

/** One event for all that a statement imports: an event each would store every document twice. */
function imported(kind: Kind, origin: string): string {
  const event = writeEvents(origin, {
    action: 'import.legacy',
    entityType: 'import',
    entityId: `'${kind}s'`,
    after: "jsonb_build_object('ids', made.ids)",
    from: '(SELECT jsonb_agg(id) AS ids FROM created) made WHERE made.ids IS NOT NULL',
  });
  return `, told AS (${event})`;
}

const VERDICTS = `SELECT position::text, verdict FROM judged WHERE verdict <> 'new'`;

/** Ids are compared as the tables keep them. */
function sent(columns: readonly string[]): string {
  return `SELECT * FROM json_to_recordset($1::json) AS s(position int, ${typed(columns)})`;
}

function typed(columns: readonly string[]): string {
  const typeOf = (column: string): string =>
    column === 'created_datetime' ? 'timestamptz' : 'text';
  return columns.map((column) => `${column} ${typeOf(column)}`).join(', ');
}

/** An absent one is empty. */
function documents(value: string): string {
  return `string_to_table(${value}::text, E'\\x01', '')`;
}
