import { hasLiveParent, isLive, parentIsLive, statement, type Statement } from '#database';

/** Index rows that are not of metrics, which the summary does not tell: those stand together, and are passed over at once. */
const NO_METRIC = String.raw`(v.key < '\m' OR v.key >= '\n')`;

/** Evaluations that are told, in the order of the index. */
const MAX_KEYS = 1000;

interface Scope {
  readonly name: string;
  /** Of `models` and of the index of evaluations. */
  readonly column: 'project_id' | 'model_id';
  /** Selects the one project or model, if it is live, by `$1`. */
  readonly select: string;
}

/**
 * The end of an evaluation of the scope: one step into the index (scope, key, value, experiment), and one more for each
 * deleted experiment that stands there. It is written as a range of that index (see `keyset`), so that no other is taken.
 */
function end(column: Scope['column'], direction: '' | 'DESC'): string {
  const order = [column, 'key', 'value', 'experiment_id']
    .map((name) => `v.${name} ${direction}`)
    .join(', ');
  return `LATERAL (
     SELECT v.value, v.experiment_id FROM experiment_evaluations v
     WHERE (v.${column}, v.key, v.value) >= ($1, keys.key, '-Infinity')
       AND (v.${column}, v.key, v.value) < ($1, keys.key, 'NaN')
       AND (SELECT ${isLive('e')} FROM experiments e WHERE e.experiment_id = v.experiment_id)
       ${column === 'project_id' ? `AND ${hasLiveParent('v', 'models', 'model_id')}` : ''}
     ORDER BY ${order} LIMIT 1)`;
}

/** The time of the oldest or the newest live experiment of a model `m`, from that end of the index. */
function activity(direction: '' | 'DESC'): string {
  const order = ['model_id', 'created_datetime', 'experiment_id']
    .map((column) => `e.${column} ${direction}`)
    .join(', ');
  return `LATERAL (
     SELECT e.created_datetime FROM experiments e WHERE e.model_id = m.model_id AND ${isLive('e')}
     ORDER BY ${order} LIMIT 1)`;
}

/**
 * A row for each evaluation, each with the totals; one without an evaluation when there is none, and no row at all when
 * there is no such project or model. What it costs does not depend on what else the database holds, and in the scope:
 *
 * - `experiments` is counted in `ix_experiments_model_id_live`, model by model: some six bytes for each experiment and
 *   no table row, some 20 ms for 100,000. All else takes a few steps into an index, whatever the number of experiments:
 * - first and last activity are the ends of each model's range of `ix_experiments_model_id_created`;
 * - `keys` jumps from one key to the next in the index of evaluations, one step each;
 * - lowest and highest are the ends of that index, walked inwards past what is deleted. NaN is at its upper end and
 *   stepped over. Of several with the same value, it is the one that a leaderboard begins with.
 */
function summary({ name, column, select }: Scope): Statement {
  return statement(
    `experiment.summary_of_${name}`,
    `WITH RECURSIVE scope AS MATERIALIZED (${select}
     ), totals AS MATERIALIZED (
       SELECT count(*) AS models, coalesce(sum(live.experiments), 0) AS experiments,
         min(first.created_datetime) AS first_experiment_datetime,
         max(last.created_datetime) AS last_experiment_datetime
       FROM scope JOIN models m ON m.${column} = scope.${column} AND m.deleted_datetime IS NULL
       CROSS JOIN LATERAL (
         SELECT count(*) AS experiments FROM experiments e
         WHERE e.model_id = m.model_id AND e.deleted_datetime IS NULL) live
       LEFT JOIN ${activity('')} first ON true
       LEFT JOIN ${activity('DESC')} last ON true
     ), keys (key, place) AS (
       SELECT first.key, 1 FROM scope, LATERAL (
         SELECT v.key FROM experiment_evaluations v
         WHERE v.${column} = scope.${column} AND ${NO_METRIC} ORDER BY v.${column}, v.key LIMIT 1) first
       UNION ALL
       SELECT next.key, keys.place + 1 FROM keys, LATERAL (
         SELECT v.key FROM experiment_evaluations v
         WHERE v.${column} = $1 AND v.key > keys.key AND ${NO_METRIC} ORDER BY v.${column}, v.key LIMIT 1) next
       WHERE keys.place <= ${String(MAX_KEYS)}
     ), evaluation AS (
       SELECT keys.key, keys.place, lowest.value AS lowest, lowest.experiment_id AS lowest_experiment_id,
         highest.value AS highest, highest.experiment_id AS highest_experiment_id
       FROM keys
       CROSS JOIN ${end(column, '')} lowest
       CROSS JOIN ${end(column, 'DESC')} highest
       WHERE keys.place <= ${String(MAX_KEYS)}
     )
     SELECT scope.*, totals.*, (SELECT count(*) FROM keys) > ${String(MAX_KEYS)} AS truncated,
       evaluation.key, evaluation.lowest, evaluation.lowest_experiment_id,
       evaluation.highest, evaluation.highest_experiment_id
     FROM scope CROSS JOIN totals LEFT JOIN evaluation ON true
     ORDER BY evaluation.place`,
  );
}

export const SUMMARY_OF_PROJECT = summary({
  name: 'project',
  column: 'project_id',
  select: 'SELECT project_id FROM projects WHERE project_id = $1 AND deleted_datetime IS NULL',
});

export const SUMMARY_OF_MODEL = summary({
  name: 'model',
  column: 'model_id',
  select: `SELECT m.project_id, m.model_id FROM models m WHERE m.model_id = $1
    AND m.deleted_datetime IS NULL AND ${parentIsLive('m', 'projects', 'project_id')}`,
});
