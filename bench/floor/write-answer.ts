import type { Question } from './questions.js';

/** The columns of an experiment, in the order they are selected, then what the question adds; all of it PostgreSQL's text. */
export type Row = readonly (string | null)[];

const EXTRA = 16;

const quoted = (text: string | null | undefined): string =>
  text === null || text === undefined ? 'null' : JSON.stringify(text);

/** An id, which needs no escaping. */
const id = (text: string | null | undefined): string => `"${text ?? ''}"`;

/** `2026-01-02 03:04:05.678+00`, and nothing else: the connection's time zone is UTC. */
const time = (text: string | null | undefined): string =>
  text === null || text === undefined
    ? 'null'
    : `"${text.slice(0, 10)}T${microseconds(text.slice(11, -3))}Z"`;

/** PostgreSQL leaves out zeros at the end. */
const microseconds = (clock: string): string =>
  clock.length === 8 ? `${clock}.000000` : clock.padEnd(15, '0');

/** Written out member by member: no loop, no look-up, no parsing. */
export function experiment(row: Row): string {
  return (
    `{"experiment_id":${id(row[0])},"project_id":${id(row[1])},"model_id":${id(row[2])}` +
    `,"model_version_id":${quoted(row[3])},"experiment_name":${quoted(row[4])}` +
    `,"description":${quoted(row[5])},"parameters":${row[6] ?? 'null'}` +
    `,"training_dataset":${quoted(row[7])},"validation_dataset":${quoted(row[8])}` +
    `,"test_dataset":${quoted(row[9])},"evaluations":${row[10] ?? 'null'}` +
    `,"artifact_file_paths":${row[11] ?? 'null'},"tags":${row[12] ?? 'null'}` +
    `,"created_datetime":${time(row[13])},"updated_datetime":${time(row[14])}` +
    `,"deleted_datetime":${time(row[15])}}`
  );
}

/** A project, of which `tags` is the only document. */
export function project(row: Row): string {
  return (
    `{"project_id":${id(row[0])},"project_name":${quoted(row[1])},"description":${quoted(row[2])}` +
    `,"tags":${row[3] ?? 'null'},"created_datetime":${time(row[4])}` +
    `,"updated_datetime":${time(row[5])},"deleted_datetime":${time(row[6])}}`
  );
}

const list = (rows: readonly Row[]): string => `[${rows.map(experiment).join(',')}]`;

/** The answer to a question, as JSON text. */
export const writeAnswer: Record<Question['shape'], (rows: readonly Row[]) => string> = {
  list,
  one: ([row]) => (row ? experiment(row) : 'null'),
  search: (rows) => `{"experiments":${list(rows)},"next_cursor":null}`,
  count: (rows) =>
    `{"experiments":${list(rows)},"next_cursor":null,"count":${rows[0]?.[EXTRA] ?? '0'}}`,
  leaderboard: (rows) =>
    `[${rows
      .map(
        (row, at) =>
          `{"rank":${at + 1},"value":${row[EXTRA] ?? 'null'},"experiment":${experiment(row)}}`,
      )
      .join(',')}]`,
};
