import { jsonWriter } from '#http';
import type { MemberDto } from './dto/member.dto.js';

/** Writes a row as the JSON of a {@link MemberDto}. */
export const writeMember = jsonWriter<keyof MemberDto>({
  member: 'text',
  role: 'text',
  created_by: 'text',
  created_at: 'time',
});
