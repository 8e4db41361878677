import { existsSync } from 'node:fs';
import { UsageError } from './arguments.js';
import type { Place } from './target.js';

/** Where a filled data set is, from the command line. @throws UsageError when there is no such folder */
export function filledPlace(text: string): Place {
  if (/^postgres(ql)?:/.test(text)) return { databaseUrl: text };
  if (existsSync(text)) return { dataDir: text };
  throw new UsageError(`there is no ${text}: make it with npm run bench:fill`);
}
