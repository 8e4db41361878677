import { connect } from '#database';
import { demoApp } from './demo/demo-app.js';
import { DemoFiller, type Filled } from './demo/fill-demo.js';
import { ExitCode } from './exit-codes.js';
import type { JsonOption } from './keys.js';
import { withDatabaseUrl } from './open-database.js';
import { Progress } from './progress.js';

/** `modeldb demo`: fills in a small data set. */
export async function demo({ json = false }: JsonOption): Promise<number> {
  const progress = new Progress(process.stderr, !json);
  const show = (text: string): void => progress.show(text);
  let filled: Filled;
  try {
    filled = await withDatabaseUrl(show, async (databaseUrl, config) => {
      const settings = { ...config, databaseUrl };
      // Says so in a line when the database is away, or its schema is an older one.
      await (await connect(settings))[Symbol.asyncDispose]();
      const app = await demoApp(settings);
      try {
        const onProgress = ({ points }: Filled): void => {
          show(`${points.toLocaleString('en')} points`);
        };
        return await new DemoFiller(app, onProgress).fill();
      } finally {
        await app.close();
      }
    });
  } finally {
    progress.clear();
  }
  process.stdout.write(json ? `${JSON.stringify(filled)}\n` : told(filled));
  return ExitCode.fine;
}

function told({ projects, models, experiments, points }: Filled): string {
  return `Made ${String(projects)} projects with ${String(models)} models, ${String(experiments)} experiments and ${points.toLocaleString('en')} metric points.
To see the best: GET /experiments/leaderboard?evaluation=accuracy
To be rid of them: delete the projects "demo: …", and later: modeldb purge
`;
}
