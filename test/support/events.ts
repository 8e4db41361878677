import type { HttpClient } from './http-client.js';

/** An event of the audit, as it is answered. */
export interface Event {
  readonly event_id: number;
  readonly occurred: string;
  readonly actor: string;
  readonly method: string;
  readonly key_id: string | null;
  readonly action: string;
  readonly entity_id: string;
  readonly project_id: string | null;
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown> | null;
}

/** What is written down of something, oldest first. */
export async function eventsOf(http: HttpClient, entityId: unknown): Promise<Event[]> {
  return (await http.get(`/audit/events?entity_id=${String(entityId)}`)).body as Event[];
}

/** What was done, by an event. */
export const told = ({ action, before, after }: Event) => ({ action, before, after });

/** The same without the time of the last change, which is part of every change of a record. */
export function withoutTimes({ action, before, after }: Event) {
  return [action, withoutTime(before), withoutTime(after)] as const;
}

function withoutTime(document: Record<string, unknown> | null): Record<string, unknown> {
  const { updated_datetime: _time, ...rest } = document ?? {};
  return rest;
}
