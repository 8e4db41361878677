import { ApiProperty } from '@nestjs/swagger';

/** Documents the tags of a record. */
export function TagsProperty(options: { example: Record<string, string> }): PropertyDecorator {
  return ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    nullable: true,
    description: 'Labels to find the record by.',
    ...options,
  });
}

/** Documents a JSON object of any content, kept value for value. */
export function DocumentProperty(options: {
  description: string;
  example: Record<string, unknown>;
}): PropertyDecorator {
  return ApiProperty({ type: 'object', additionalProperties: true, nullable: true, ...options });
}
