/** A seal that has just been made; numbers as text. */
export interface SealRow {
  readonly seal_id: string;
  /** How many it holds. */
  readonly events: string;
  /** In hexadecimal digits. */
  readonly digest: string;
}

/** A seal and its digest, as they were once told: to be found again. */
export interface Anchor {
  readonly sealId: string;
  readonly digest: string;
}

/** What can be wrong. */
export type Damage =
  'event_altered' | 'event_missing' | 'event_inserted' | 'seal_altered' | 'seal_missing' | 'anchor';

/** The first thing that is wrong. */
export interface Finding {
  readonly damage: Damage;
  readonly seal_id: string | null;
  readonly event_id: string | null;
}

/** What a verification has found. */
export interface VerificationReport {
  readonly seals: number;
  /** Events that stand in seals and are as they were. */
  readonly events: number;
  /** Events of seals that were pruned. */
  readonly pruned_events: number;
  /** Events that are not sealed yet. */
  readonly unsealed_events: number;
  /** Of the last seal. */
  readonly last: SealRow | null;
  readonly finding: Finding | null;
}
