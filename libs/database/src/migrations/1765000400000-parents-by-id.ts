import type { MigrationInterface, QueryRunner } from 'typeorm';
import { MERGE_EVALUATIONS } from './1764600000000-metrics.js';
import { APPEND_POINTS } from './1765000100000-points-added.js';

const LOOKED_UP = `AND (SELECT m.deleted_datetime IS NULL FROM models m WHERE m.model_id = e.model_id)
       AND (SELECT p.deleted_datetime IS NULL FROM projects p WHERE p.project_id = e.project_id)`;

/** The functions, and what of each is said in another way now. */
const CHANGES: readonly [text: string, ...changes: [from: string, to: string][]][] = [
  [
    MERGE_EVALUATIONS,
    ['FROM models m, projects p\n', '\n'],
    [
      `AND m.model_id = e.model_id AND m.deleted_datetime IS NULL
       AND p.project_id = e.project_id AND p.deleted_datetime IS NULL`,
      LOOKED_UP,
    ],
  ],
  [
    APPEND_POINTS,
    [' JOIN models m USING (model_id) JOIN projects p ON p.project_id = e.project_id', ''],
    ['AND m.deleted_datetime IS NULL AND p.deleted_datetime IS NULL', LOOKED_UP],
  ],
];

function replacing(text: string): string {
  return text.replace('CREATE FUNCTION', 'CREATE OR REPLACE FUNCTION');
}

/** Functions look the parents of an experiment up by their ids: as joins, they may read all projects up to its own. */
export class ParentsById1765000400000 implements MigrationInterface {
  name = 'ParentsById1765000400000';

  async up(runner: QueryRunner): Promise<void> {
    for (const [text, ...changes] of CHANGES) {
      const changed = changes.reduce((sql, [from, to]) => sql.replace(from, to), text);
      await runner.query(replacing(changed));
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [text] of CHANGES) await runner.query(replacing(text));
  }
}
