import { jsonWriter, type JsonText } from '#http';
import type { CreateKeyDto } from './dto/create-key.dto.js';
import type { KeyDto } from './dto/key.dto.js';
import type { MadeKey, NewKey } from './keys.types.js';

/** Writes a row as the JSON of a {@link KeyDto}. */
export const writeKey = jsonWriter<keyof KeyDto>({
  key_id: 'text',
  name: 'text',
  role: 'text',
  project_ids: 'json',
  created_by: 'text',
  created_at: 'time',
  expires_at: 'time',
  last_used_at: 'time',
  revoked_at: 'time',
});

/** With the key itself. */
export function writeMadeKey({ row, text }: MadeKey): JsonText {
  return `{"key":${JSON.stringify(text)},${writeKey(row).slice(1)}`;
}

export function newKey(dto: CreateKeyDto): NewKey {
  const { name, role, project_ids: projectIds, expires_at: expiresAt } = dto;
  return { name, role, projectIds: projectIds ?? null, expiresAt: expiresAt ?? null };
}
