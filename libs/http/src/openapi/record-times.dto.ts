import { ApiProperty } from '@nestjs/swagger';

const EXAMPLE = '2026-01-02T03:04:05.678901Z';

/** The times that every record has. */
export class RecordTimesDto {
  @ApiProperty({
    format: 'date-time',
    example: EXAMPLE,
    description: 'When it was made: in UTC, with six digits after the second.',
  })
  created_datetime!: string;

  @ApiProperty({ format: 'date-time', example: EXAMPLE, description: 'When it last changed.' })
  updated_datetime!: string;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    example: null,
    description: 'When it was deleted; only the answer to DELETE has one.',
  })
  deleted_datetime!: string | null;
}
