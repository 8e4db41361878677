/** A question and the best SQL for it that was found by hand. The rows are experiments, whatever else a question adds. */
export interface Question {
  /** With `$1`, `$2`, …; page sizes stand in the text, so that the plan is made for them. */
  readonly sql: string;
  /** How the rows become an answer. */
  readonly shape: 'list' | 'search' | 'count' | 'leaderboard' | 'one';
}

/** In the order of the answer; {@link ./write-answer.ts} relies on it. */
export const COLUMNS = [
  'experiment_id',
  'project_id',
  'model_id',
  'model_version_id',
  'experiment_name',
  'description',
  'parameters',
  'training_dataset',
  'validation_dataset',
  'test_dataset',
  'evaluations',
  'artifact_file_paths',
  'tags',
  'created_datetime',
  'updated_datetime',
  'deleted_datetime',
]
  .map((column) => `e.${column}`)
  .join(', ');

/** Deleted models and projects are few: their ids are read once a statement, not looked up row by row. */
export const LIVE = `e.deleted_datetime IS NULL
  AND e.model_id <> ALL (ARRAY(SELECT model_id FROM models WHERE deleted_datetime IS NOT NULL))
  AND e.project_id <> ALL (ARRAY(SELECT project_id FROM projects WHERE deleted_datetime IS NOT NULL))`;

const BY_TIME = 'ORDER BY e.created_datetime, e.experiment_id';

/** Walks the experiments of a scope in the order of time: right where matches are frequent. */
const walk = (condition: string, limit: number): string =>
  `SELECT ${COLUMNS} FROM experiments e WHERE ${LIVE} AND ${condition} ${BY_TIME} LIMIT ${limit}`;

/**
 * The same of one project, from a place on. Written as one range of the index, scope included, so that no planner prefers
 * to sort the whole project.
 */
const walkProject = (condition: string, limit: number, time = `'-infinity'`, id = `''`): string =>
  `SELECT ${COLUMNS} FROM experiments e
   WHERE (e.project_id, e.created_datetime, e.experiment_id) > ($1, ${time}, ${id}) AND e.project_id <= $1
     AND ${LIVE} AND ${condition}
   ORDER BY e.project_id, e.created_datetime, e.experiment_id LIMIT ${limit}`;

/**
 * Takes the matches from the index of evaluations and sorts them: right where they are few. As an array, because a plan
 * that is made for any value takes matches of a range to be many, and would walk all experiments to find eight.
 */
const matches = (condition: string, limit: number, extra = ''): string =>
  `SELECT ${COLUMNS}${extra} FROM experiments e
   WHERE ${LIVE} AND e.experiment_id = ANY (ARRAY(
     SELECT v.experiment_id FROM experiment_evaluations v WHERE ${condition}))
   ${BY_TIME} LIMIT ${limit}`;

/**
 * Walks the index of evaluations from its best end, or from a place on. The place is the only upper bound: had it another
 * one before it, as `value < 'NaN'`, PostgreSQL would start at that and read everything up to the place. NaN sorts first
 * here, so the place ('NaN', '') leaves it out.
 */
const ranked = (scope: string, limit: number, value = `'NaN'`, id = `''`): string =>
  `SELECT ${COLUMNS}, v.value FROM experiment_evaluations v JOIN experiments e USING (experiment_id)
   WHERE ${LIVE} AND ${scope} AND v.key = 'accuracy' AND (v.value, v.experiment_id) < (${value}, ${id})
   ORDER BY v.value DESC, v.experiment_id DESC LIMIT ${limit}`;

/** Takes the matches from the index of parameters and tags and sorts them. */
const contained = (condition: string, limit: number): string =>
  `SELECT ${COLUMNS} FROM (SELECT * FROM experiments e WHERE ${condition} OFFSET 0) e
   WHERE ${LIVE} ${BY_TIME} LIMIT ${limit}`;

const ACCURACY_FROM = (value: string): string =>
  `v.key = 'accuracy' AND v.value >= ${value} AND v.value < 'NaN'`;
const ACCURACY = `json_number(e.evaluations -> 'accuracy')`;
const AFTER = '(e.created_datetime, e.experiment_id) >';

export const QUESTIONS = {
  list: { shape: 'list', sql: walk(`${AFTER} ($1, $2)`, 100) },
  list_project: {
    shape: 'list',
    sql: walkProject('true', 100, '$2', '$3'),
  },
  get: {
    shape: 'one',
    sql: `SELECT ${COLUMNS} FROM experiments e WHERE e.experiment_id = $1 AND ${LIVE}`,
  },
  range_in_model: {
    shape: 'search',
    sql: matches(`v.model_id = $1 AND ${ACCURACY_FROM('$2')}`, 50),
  },
  range_in_project: {
    shape: 'search',
    sql: matches(`v.project_id = $1 AND ${ACCURACY_FROM('$2')}`, 50),
  },
  range: { shape: 'search', sql: walk(`${ACCURACY} >= $1 AND ${ACCURACY} < 'NaN'`, 50) },
  newest_first: {
    shape: 'search',
    sql: `SELECT ${COLUMNS} FROM experiments e
      WHERE (e.created_datetime, e.experiment_id) < ($1, $2) AND ${LIVE}
      ORDER BY e.created_datetime DESC, e.experiment_id DESC LIMIT 50`,
  },
  ranked: { shape: 'search', sql: ranked('true', 50) },
  ranked_after: { shape: 'search', sql: ranked('true', 50, '$1', '$2') },
  ranked_in_project: { shape: 'search', sql: ranked('v.project_id = $1', 50) },
  ranked_in_model: { shape: 'search', sql: ranked('v.model_id = $1', 50) },
  and_in_project: {
    shape: 'search',
    sql: walkProject(
      `json_string(e.parameters -> 'optimizer' -> 'name') = $3 AND json_string(e.tags -> 'team') = $4
       AND ${ACCURACY} >= $2 AND ${ACCURACY} < 'NaN'`,
      50,
    ),
  },
  sparse_evaluation: {
    shape: 'search',
    sql: matches(`v.key = 'drift' AND v.value >= $1 AND v.value < 'NaN'`, 50),
  },
  sparse_parameter: {
    shape: 'search',
    sql: contained(`e.parameters @> jsonb_build_object('seed', $1::numeric)`, 50),
  },
  sparse_tag: {
    shape: 'search',
    sql: contained(`e.tags @> jsonb_build_object('release', $1::text)`, 50),
  },
  or: {
    shape: 'search',
    sql: matches(
      `v.key = 'drift' AND v.value >= $1 AND v.value < 'NaN'
       UNION
       SELECT t.experiment_id FROM experiments t WHERE t.tags @> jsonb_build_object('release', $2::text)`,
      50,
    ),
  },
  in_parameter: {
    shape: 'search',
    sql: contained(
      `(e.parameters @> jsonb_build_object('seed', $1::numeric)
      OR e.parameters @> jsonb_build_object('seed', $2::numeric))`,
      50,
    ),
  },
  in_project: {
    shape: 'search',
    sql: walkProject(`json_string(e.parameters -> 'optimizer' -> 'name') = ANY ($2)`, 50),
  },
  like_in_project: {
    shape: 'search',
    sql: walkProject('e.training_dataset LIKE $2', 50),
  },
  count_in_project: {
    shape: 'count',
    sql: matches(`v.project_id = $1 AND ${ACCURACY_FROM('$2')}`, 50, ', count(*) OVER ()'),
  },
  leaderboard_of_model: { shape: 'leaderboard', sql: ranked('v.model_id = $1', 10) },
  leaderboard_of_project: {
    shape: 'leaderboard',
    sql: ranked('v.project_id = $1', 10, '$2', '$3'),
  },
  best_of_model: { shape: 'one', sql: ranked('v.model_id = $1', 1) },
} as const satisfies Record<string, Question>;
