/** What happened: columns as text, documents as JSON text. */
export interface EventRow {
  readonly event_id: string;
  readonly occurred: string;
  readonly actor: string;
  readonly method: string;
  readonly key_id: string | null;
  readonly action: string;
  readonly entity_type: string;
  readonly entity_id: string;
  readonly project_id: string | null;
  readonly before: string | null;
  readonly after: string | null;
  readonly request_id: string | null;
  readonly address: string | null;
}

/** Columns that events are looked for by: they have to be what is given. */
export const FILTERS = [
  'actor',
  'action',
  'entity_type',
  'entity_id',
  'project_id',
  'request_id',
] as const;

/** Which events are asked for. */
export interface EventFilter extends Partial<
  Readonly<Record<(typeof FILTERS)[number], string | undefined>>
> {
  /** From this moment on. */
  readonly since?: string | undefined;
  /** Before this moment. */
  readonly until?: string | undefined;
}

/** How they are asked for. */
export interface EventRequest {
  /** Of a page at most; absent: all there are. */
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
  /** By time. */
  readonly order: 'asc' | 'desc';
}
