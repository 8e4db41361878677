import pg from 'pg';
import { PROBE } from '../data/plan.js';

/** What the cases have to know of a data set. */
export interface Facts {
  /** The project and the model that are equally large in every data set. */
  readonly project: string;
  readonly model: string;
  readonly largestProject: string;
  readonly largestModel: string;
  /** Ten live experiments of the probe's model. */
  readonly experiments: readonly string[];
}

/** @throws Error when the database was not filled by `bench:fill` */
export async function readFacts(databaseUrl: string): Promise<Facts> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{
      project: string | null;
      model: string | null;
      largest_project: string;
      largest_model: string;
    }>(
      `SELECT
         (SELECT project_id FROM projects WHERE project_name = $1) AS project,
         (SELECT model_id FROM models WHERE model_name = $2) AS model,
         (SELECT project_id FROM experiments GROUP BY 1 ORDER BY count(*) DESC LIMIT 1)
           AS largest_project,
         (SELECT model_id FROM experiments GROUP BY 1 ORDER BY count(*) DESC LIMIT 1)
           AS largest_model`,
      [PROBE.project, PROBE.model],
    );
    const [row] = rows;
    if (!row?.project || !row.model) throw new Error('This data is not from npm run bench:fill.');
    const experiments = await client.query<{ experiment_id: string }>(
      `SELECT experiment_id FROM experiments WHERE model_id = $1 AND deleted_datetime IS NULL
       ORDER BY experiment_id LIMIT 10`,
      [row.model],
    );
    return {
      project: row.project,
      model: row.model,
      largestProject: row.largest_project,
      largestModel: row.largest_model,
      experiments: experiments.rows.map(({ experiment_id: id }) => id),
    };
  } finally {
    await client.end();
  }
}
