import type { ModelDbClient } from './api-client.js';
import type { OutputFolder } from './output-folder.js';
import type { Progress } from './progress.js';
import { findLosses, type Damage } from './verification.js';

const SHOWN = 20;

/** `--verify`: is everything that was ever acknowledged to this folder still there, intact? */
export async function verify(
  client: ModelDbClient,
  folder: OutputFolder,
  progress: Progress,
): Promise<boolean> {
  const promises = folder.read();
  if (promises.length === 0) {
    console.error(`Nothing was acknowledged in ${folder.path} yet: run without --verify first`);
    return false;
  }
  progress.start(promises.length);
  const losses = await findLosses(promises, client, (id) => progress.step(id));
  progress.clear();
  const found = promises.length - losses.length;
  console.log(`${promises.length} acknowledged, ${found} found`);
  printDamage(losses);
  return losses.length === 0;
}

/** To stderr: on stdout the summary is the one line that a script looks for. */
export function printDamage(damages: readonly Damage[]): void {
  for (const { experimentId, fields } of damages.slice(0, SHOWN)) {
    const what = fields.length === 0 ? 'is missing' : `differs in ${fields.join(', ')}`;
    console.error(`experiment ${experimentId} ${what}`);
  }
  if (damages.length > SHOWN) console.error(`… and ${damages.length - SHOWN} more`);
}
