/** A search, as it is asked for. */
export interface SearchRequest {
  readonly where?: string | undefined;
  readonly projectId?: string | undefined;
  readonly modelId?: string | undefined;
  /** `evaluations.accuracy DESC`, …; none: oldest first. */
  readonly orderBy: readonly string[];
  /** What of each experiment is answered; absent: all of it. */
  readonly fields?: readonly string[] | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly count: boolean;
}

/** What experiments are ranked by. */
export interface Measure {
  readonly document: 'evaluations' | 'metrics';
  /** Below the document: `accuracy`, `val."F1 score"`; or a metric and what is kept of it, `loss.min`. */
  readonly path: string;
}

/** A ranking, as it is asked for. */
export interface RankRequest {
  readonly measure: Measure;
  readonly projectId?: string | undefined;
  readonly modelId?: string | undefined;
  readonly where?: string | undefined;
  readonly order: 'asc' | 'desc';
}

/** A page of a ranking. */
export interface LeaderboardRequest extends RankRequest {
  readonly limit: number;
  readonly cursor?: string | undefined;
}
