import type { Filter, Ordering, Place } from '#query';
import type { Segment } from './segments.js';

/** Which experiments are asked for, and in which order. */
export interface SearchQuestion {
  readonly modelId?: string | undefined;
  readonly projectId?: string | undefined;
  readonly filter?: Filter | undefined;
  readonly orderings: readonly Ordering[];
}

/** Where a page goes on: the segment of the order, and the values of its sort parts there. */
export interface SearchPlace {
  readonly segment: Segment;
  readonly values: readonly string[];
}

/** A place as a cursor keeps it. */
export function toCursor({ segment, values }: SearchPlace): Place {
  return [segment, ...values];
}

/** @param place - out of a cursor that was sealed: it is what {@link toCursor} made */
export function fromCursor([segment, ...values]: Place): SearchPlace {
  return { segment: segment as Segment, values: values as string[] };
}
