import { ApiProperty } from '@nestjs/swagger';
import { DocumentProperty } from '#http';

const TEXT = { type: 'string' } as const;

/** Documents an event of the audit. */
export class AuditEventDto {
  @ApiProperty({
    type: 'integer',
    format: 'int64',
    example: 4711,
    description: 'Grows, with gaps.',
  })
  event_id!: string;

  @ApiProperty({
    ...TEXT,
    format: 'date-time',
    example: '2026-01-31T12:00:00.000000Z',
    description: 'When. Of a change of a record: its `updated_datetime`.',
  })
  occurred!: string;

  @ApiProperty({
    ...TEXT,
    example: 'key:9f86d081884c7d65',
    description: 'Who: the subject of the caller.',
  })
  actor!: string;

  @ApiProperty({
    ...TEXT,
    example: 'api_key',
    description: 'How the caller has shown who it is; `command_line` for what `modeldb` does.',
  })
  method!: string;

  @ApiProperty({ ...TEXT, nullable: true, example: '9f86d081884c7d65' })
  key_id!: string | null;

  @ApiProperty({ ...TEXT, example: 'experiment.merge_evaluations', description: 'What was done.' })
  action!: string;

  @ApiProperty({ ...TEXT, example: 'experiment', description: 'To what kind of thing.' })
  entity_type!: string;

  @ApiProperty({ ...TEXT, example: '0198f2a4-9b7e-7f21-8c3d-0a1b2c3d4e5f' })
  entity_id!: string;

  @ApiProperty({
    ...TEXT,
    nullable: true,
    example: '0198f2a4-7c1e-7d3b-9a55-2f6f0c1e8b7a',
    description: 'The project that it belongs to, if it does to one.',
  })
  project_id!: string | null;

  @DocumentProperty({
    example: { updated_datetime: '2026-01-30T12:00:00.000000Z', evaluations: { accuracy: 0.9 } },
    description:
      'The fields that were changed, as they were; of documents only the keys that were. A key that was not there is absent. ' +
      '`null` when there was nothing before.',
  })
  before!: Record<string, unknown> | null;

  @DocumentProperty({
    example: { updated_datetime: '2026-01-31T12:00:00.000000Z', evaluations: { accuracy: 0.93 } },
    description: 'The same fields, as they are since; of what was made, all of it.',
  })
  after!: Record<string, unknown> | null;

  @ApiProperty({
    ...TEXT,
    nullable: true,
    example: 'training-job-17',
    description: 'The `X-Request-Id` of the request.',
  })
  request_id!: string | null;

  @ApiProperty({
    ...TEXT,
    nullable: true,
    example: '127.0.0.1',
    description: 'The address that the request came from.',
  })
  address!: string | null;
}
