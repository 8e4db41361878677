import type { MigrationInterface, QueryRunner } from 'typeorm';
import { MERGE_EVALUATIONS } from './1764600000000-metrics.js';
import { APPEND_POINTS } from './1765000100000-points-added.js';

const LOOKED_UP = `AND (SELECT m.deleted_datetime IS NULL FROM models m WHERE m.model_id = e.model_id)
       AND (SELECT p.deleted_datetime IS NULL FROM projects p WHERE p.project_id = e.project_id)`;

/** What the functions said of a model and a project that have to be live, and what they say now. */
const CHANGES: readonly [text: string, from: RegExp, to: string][] = [
  [
    MERGE_EVALUATIONS,
    /FROM models m, projects p\s+(WHERE [^;]*?)AND m\.model_id = [^;]*?(?=RETURNING)/,
    `$1${LOOKED_UP}\n     `,
  ],
  [
    APPEND_POINTS,
    /FROM experiments e JOIN models m [^;]*?(WHERE [^;]*?)AND m\.deleted[^;]*?(?=FOR KEY SHARE)/,
    `FROM experiments e\n     $1${LOOKED_UP}\n     `,
  ],
];

function replacing(text: string): string {
  return text.replace('CREATE FUNCTION', 'CREATE OR REPLACE FUNCTION');
}

/** Functions look the parents of an experiment up by their ids: as joins, they may read all projects up to its own. */
export class ParentsById1765000400000 implements MigrationInterface {
  name = 'ParentsById1765000400000';

  async up(runner: QueryRunner): Promise<void> {
    for (const [text, from, to] of CHANGES) await runner.query(replacing(text.replace(from, to)));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [text] of CHANGES) await runner.query(replacing(text));
  }
}
