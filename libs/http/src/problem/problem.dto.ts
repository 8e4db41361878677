import { ApiProperty } from '@nestjs/swagger';

/** One wrong field of a request. */
export class FieldErrorDto {
  @ApiProperty({
    description: 'Where the value stands in the body, or which parameter it is.',
    example: 'project_name',
  })
  path!: string;

  @ApiProperty({ description: 'What is wrong with it.', example: 'is required' })
  message!: string;
}

/** Documents the body of every error answer; the bodies themselves are `Problem`s. */
export class ProblemDto {
  @ApiProperty({
    description: 'Names the kind of problem.',
    example: 'urn:modeldb:problem:project-not-found',
  })
  type!: string;

  @ApiProperty({ description: 'The status in words.', example: 'Not Found' })
  title!: string;

  @ApiProperty({ description: 'The HTTP status.', example: 404, type: 'integer' })
  status!: number;

  @ApiProperty({ description: 'What happened, for people.', example: 'There is no such project.' })
  detail!: string;

  @ApiProperty({ description: 'The path that was asked for.', example: '/projects/id/x' })
  instance!: string;

  @ApiProperty({
    description: 'What happened, for programs; stable.',
    example: 'PROJECT_NOT_FOUND',
  })
  code!: string;

  @ApiProperty({
    description: 'The id of the request, also in the `X-Request-Id` header and in the log.',
    example: '0198f2a4-7c1e-7d3b-9a55-2f6f0c1e8b7a',
  })
  request_id!: string;

  @ApiProperty({ description: 'Each wrong field.', type: [FieldErrorDto], required: false })
  errors?: FieldErrorDto[];
}
