/** How far a primary has written. */
export interface PrimaryPlace {
  /** What a cluster shares with its copies, and with nobody else. */
  readonly system: string;
  /** Each promotion begins a new one: what two timelines have written since need not be the same. */
  readonly timeline: string;
  /** Bytes of the log of changes since its beginning. */
  readonly position: bigint;
}

/** How far a server that should be a replica has come. */
export interface ReplicaPlace extends PrimaryPlace {
  readonly isStandby: boolean;
  /** Whether it has every migration of this release. */
  readonly hasNewestSchema: boolean;
}

/** Why a replica is of no use, as far as it does not pass by waiting. */
export type Mismatch = 'is no standby' | 'belongs to another primary' | 'has an older schema';

/** What is wrong with a replica, wherever it has come to. */
export function mismatchOf(primary: PrimaryPlace, replica: ReplicaPlace): Mismatch | undefined {
  if (!replica.isStandby) return 'is no standby';
  const isOurs = replica.system === primary.system && replica.timeline === primary.timeline;
  if (!isOurs) return 'belongs to another primary';
  return replica.hasNewestSchema ? undefined : 'has an older schema';
}
