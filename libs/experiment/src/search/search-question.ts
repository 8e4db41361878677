import type { Readable, Reads } from '#database';
import type { Access } from '#http';
import type { Filter, Ordering, Place } from '#query';
import type { Segment } from './segments.js';

/** What experiments have to belong to. */
export interface SearchScope {
  readonly modelId?: string | undefined;
  readonly projectId?: string | undefined;
}

/** Which experiments are asked for, and in which order. */
export interface SearchQuestion extends SearchScope {
  readonly from: Readable;
  /** The ids of the projects of which one is theirs; null: any. */
  readonly projects: readonly string[] | null;
  readonly filter?: Filter | undefined;
  readonly orderings: readonly Ordering[];
}

/** Where a page goes on: the segment of the order, and the values of its sort parts there. */
export interface SearchPlace {
  readonly segment: Segment;
  readonly values: readonly string[];
}

/** What comes into question of what is asked for, as far as the caller may see it; and where it is read. */
export function visibleScope(
  { modelId, projectId }: SearchScope,
  access: Access,
  reads: Reads,
): SearchScope & Pick<SearchQuestion, 'projects' | 'from'> {
  const visible = access.projects('viewer');
  // One project by its id is what indexes and limits are made for.
  const one = projectId ?? (visible?.length === 1 ? visible[0] : undefined);
  const isSeen = one !== undefined && access.has('viewer', one);
  const from = reads.since(access.fresh);
  return { from, modelId, projectId: one, projects: isSeen ? null : visible };
}

/** A place as a cursor keeps it. */
export function toCursor({ segment, values }: SearchPlace): Place {
  return [segment, ...values];
}

/** @param place - out of a cursor that was sealed: it is what {@link toCursor} made */
export function fromCursor([segment, ...values]: Place): SearchPlace {
  return { segment: segment as Segment, values: values as string[] };
}
