import { randomBytes } from 'node:crypto';
import { Caller, WrongAnswerError } from '../support/caller.js';
import type { Cleanup } from '../support/cleanup.js';
import { Program } from '../support/program.js';
import type { HotCase } from './cases.js';
import type { Effort } from './run-case.js';
import type { Stock } from './stock.js';

/** The same service, on the same database, that asks who calls; and a caller with a key for the one project. */
export async function knownCaller(
  databaseUrl: string,
  { project }: Stock,
  cleanup: Cleanup,
): Promise<Caller> {
  const adminKey = randomBytes(24).toString('hex');
  const environment = { MODELDB_AUTH: 'required', MODELDB_ADMIN_KEY: adminKey };
  const { url } = await Program.modelDb(databaseUrl, cleanup, environment);
  const admin = new Caller(url, { authorization: `Bearer ${adminKey}` });
  const key = { name: 'bench', role: 'editor', project_ids: [project] };
  const answer = await admin.send({
    method: 'POST',
    path: '/auth/keys',
    body: JSON.stringify(key),
  });
  admin.close();
  if (answer.status !== 200) throw new WrongAnswerError(`no key: status ${answer.status}`);
  const { key: text } = JSON.parse(answer.body) as { key: string };
  return new Caller(url, { authorization: `Bearer ${text}` });
}

/** How many turns a known caller takes for each of the others. */
const TURNS = 4;

/**
 * The same time in more, shorter turns: the two are so alike that what else the machine does during a long turn would be
 * the larger difference.
 */
export function alternateMore({ rounds, seconds }: Effort): Effort {
  return { rounds: rounds * TURNS, seconds: seconds / TURNS };
}

/** The cases as they are named with a known caller: those about the one project. */
export function withKnownCaller(cases: readonly HotCase[]): HotCase[] {
  return cases
    .filter(({ acrossProjects = false }) => !acrossProjects)
    .map((one) => ({ ...one, name: `authenticated: ${one.name}` }));
}
