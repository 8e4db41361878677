import { jsonWriter } from '#http';
import type { AuditEventDto } from './dto/audit-event.dto.js';

/** Writes a row as the JSON of an {@link AuditEventDto}. */
export const writeEvent = jsonWriter<keyof AuditEventDto>({
  event_id: 'json',
  occurred: 'time',
  actor: 'text',
  method: 'text',
  key_id: 'text',
  action: 'text',
  entity_type: 'text',
  entity_id: 'text',
  project_id: 'text',
  before: 'json',
  after: 'json',
  request_id: 'text',
  address: 'text',
});
