import { ApiProperty } from '@nestjs/swagger';
import { ROLES, type Role } from '#http';

/** Who has a role on a project. */
export class MemberDto {
  @ApiProperty({
    type: 'string',
    description: 'An API key, a user or a group: `key:…`, `user:…`, `group:…`.',
    example: 'key:9f86d081884c7d65',
  })
  member!: string;

  @ApiProperty({ enum: ROLES, example: 'editor' })
  role!: Role;

  @ApiProperty({ type: 'string', description: 'Who gave the role.', example: 'administrator' })
  created_by!: string;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-01-31T12:00:00.000000Z' })
  created_at!: string;
}
