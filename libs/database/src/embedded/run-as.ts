import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StartupError } from '#errors';
import { run, type RunAs } from './child-process.js';
import { ifExists } from './failures.js';

const instead =
  'start Model DB as an ordinary user, or set DATABASE_URL to a PostgreSQL 14 or newer';

/**
 * Chooses whom PostgreSQL runs as, because it refuses to be root.
 *
 * @param directory PostgreSQL's folder: when there is a cluster in it, its owner is the one
 * @returns undefined when Model DB itself does not run as root
 * @throws StartupError when there is nobody to run it
 */
export async function chooseRunAs(directory: string): Promise<RunAs | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  if (process.platform !== 'linux')
    throw new StartupError(`PostgreSQL refuses to run as root: ${instead}.`);
  const cluster = await ifExists(stat(join(directory, 'PG_VERSION')));
  if (cluster && cluster.uid !== 0) return { uid: cluster.uid, gid: cluster.gid };
  const user =
    (await findUser('postgres')) ?? (await findUser('modeldb')) ?? (await createUser('modeldb'));
  if (!cluster) return user;
  throw new StartupError(
    `${directory} belongs to root and PostgreSQL refuses to run as root: run "chown -R ${user.uid}:${user.gid} '${directory}'" once.`,
  );
}

async function findUser(name: string): Promise<RunAs | undefined> {
  const users = await ifExists(readFile('/etc/passwd', 'utf8'));
  const lines = users?.split('\n').map((line) => line.split(':'));
  const fields = lines?.find(([user]) => user === name);
  const [uid, gid] = [Number(fields?.[2]), Number(fields?.[3])];
  return uid > 0 && gid >= 0 ? { uid, gid } : undefined;
}

async function createUser(name: string): Promise<RunAs> {
  // Whether it worked shows in the list of users: a simultaneous start may have been faster.
  await run('useradd', ['--system', '--no-create-home', name], {
    cwd: '/',
    runAs: undefined,
  }).catch(() => undefined);
  const user = await findUser(name);
  if (!user)
    throw new StartupError(
      `PostgreSQL refuses to run as root and no user could be made for it: ${instead}.`,
    );
  return user;
}
