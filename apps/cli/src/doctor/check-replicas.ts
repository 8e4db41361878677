import type { Config } from '#config';
import { examineReplicas, type ExaminedReplica } from '#database';
import { Findings, type Finding } from './finding.js';

const REMEDIES: Readonly<Record<NonNullable<ExaminedReplica['obstacle']>, string>> = {
  'does not answer': 'Start it, or correct DATABASE_REPLICA_URLS.',
  'is no standby':
    'Take it out of DATABASE_REPLICA_URLS; one that was promoted belongs to DATABASE_URL.',
  'belongs to another primary':
    'Make it anew from the primary. Right after a fail-over, wait for its next restart point, or GRANT pg_read_all_stats to the role.',
  'has an older schema': 'Wait until it has replayed the migrations.',
  lags: 'pg_stat_replication on the primary and pg_stat_wal_receiver on the replica tell what it waits for.',
};

/** Whether each replica is one that the service would use. Without them the service goes on, hence warnings. */
export async function checkReplicas(databaseUrl: string, config: Config): Promise<Finding[]> {
  const found = new Findings('server');
  for (const { place, obstacle } of await examineReplicas({ ...config, databaseUrl })) {
    if (obstacle) found.warning(`The replica at ${place} ${obstacle}.`, REMEDIES[obstacle]);
  }
  return found.list;
}
