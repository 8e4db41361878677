import { ApiProperty } from '@nestjs/swagger';
import { ROLES, type Role } from '#http';

const TIME = {
  type: 'string',
  format: 'date-time',
  example: '2026-01-31T12:00:00.000000Z',
} as const;

/** An API key, without the key itself: that is told once, when it is made. */
export class KeyDto {
  @ApiProperty({ type: 'string', example: '9f86d081884c7d65' })
  key_id!: string;

  @ApiProperty({ type: 'string', example: 'nightly training' })
  name!: string;

  @ApiProperty({ enum: ROLES, example: 'editor' })
  role!: Role;

  @ApiProperty({
    type: [String],
    nullable: true,
    example: null,
    description: 'The projects that it is for; `null`: it is for everything.',
  })
  project_ids!: string[] | null;

  @ApiProperty({ type: 'string', description: 'Who made it.', example: 'administrator' })
  created_by!: string;

  @ApiProperty(TIME)
  created_at!: string;

  @ApiProperty({ ...TIME, nullable: true, description: 'When it ends by itself.' })
  expires_at!: string | null;

  @ApiProperty({ ...TIME, nullable: true, description: 'When it was last used, to the minute.' })
  last_used_at!: string | null;

  @ApiProperty({ ...TIME, nullable: true, example: null, description: 'When it was revoked.' })
  revoked_at!: string | null;
}

/** A key that has just been made. */
export class MadeKeyDto extends KeyDto {
  @ApiProperty({
    type: 'string',
    description: 'The key. It is told only now: keep it like a password.',
    example: 'mdb_9f86d081884c7d65_Xo2mZ…',
  })
  key!: string;
}
