import { setTimeout as delay } from 'node:timers/promises';
import type { ServiceDatabaseConfig } from '../connection-options.js';
import { withoutPassword } from '../errors/describe-connection-error.js';
import { PlaceProbe } from './place-probe.js';
import { mismatchOf, type PrimaryPlace } from './places.js';
import type { Obstacle } from './replica.js';

const EVERY_MS = 200;

/** A replica as it was found. */
export interface ExaminedReplica {
  /** Without the password. */
  readonly place: string;
  /** Why the service would leave it out. */
  readonly obstacle: Obstacle | undefined;
}

/**
 * Looks at each replica once, waiting for those that are behind as long as they may lag.
 * @throws what the driver throws when the primary does not answer
 */
export async function examineReplicas({
  databaseUrl,
  replicaUrls,
  replicaMaxLagMs,
}: Pick<ServiceDatabaseConfig, 'databaseUrl' | 'replicaUrls' | 'replicaMaxLagMs'>): Promise<
  ExaminedReplica[]
> {
  if (replicaUrls.length === 0) return [];
  await using probe = new PlaceProbe(databaseUrl);
  const primary = await probe.primary();
  const deadline = performance.now() + replicaMaxLagMs;
  return await Promise.all(
    replicaUrls.map(async (url) => ({
      place: withoutPassword(url),
      obstacle: await obstacleOf(url, primary, deadline).catch(() => 'does not answer' as const),
    })),
  );
}

async function obstacleOf(
  url: string,
  primary: PrimaryPlace,
  deadline: number,
): Promise<Obstacle | undefined> {
  await using probe = new PlaceProbe(url);
  for (;;) {
    const replica = await probe.replica();
    const mismatch = mismatchOf(primary, replica);
    if (mismatch) return mismatch;
    if (replica.position >= primary.position) return undefined;
    if (performance.now() > deadline) return 'lags';
    await delay(EVERY_MS);
  }
}
