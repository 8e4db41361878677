import type { Filter, Ordering } from '#query';

/** Which experiments are asked for, and in which order. */
export interface SearchQuestion {
  readonly modelId?: string | undefined;
  readonly projectId?: string | undefined;
  readonly filter?: Filter | undefined;
  readonly orderings: readonly Ordering[];
}

/** Where a page goes on: the segment of the order, and the values of its sort parts there. */
export interface SearchPlace {
  readonly segment: number;
  readonly values: readonly string[];
}
