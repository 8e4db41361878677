import { applyDecorators } from '@nestjs/common';
import type { FieldError } from '#errors';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { ValidateBy, ValidateIf } from 'class-validator';

export interface FieldRule {
  /** Ends the sentence "<field> …": `must be a string`. */
  readonly expectation: string;
  readonly test: (value: unknown) => boolean;
  /** What is wrong inside a value that is wrong, where that can be told. */
  readonly errorsIn?: (field: string, value: unknown) => readonly FieldError[];
  readonly schema: ApiPropertyOptions;
}

export interface FieldOptions {
  readonly description: string;
  readonly example?: unknown;
  /** The field may be left out. */
  readonly optional?: boolean;
  /** The field may be null. */
  readonly nullable?: boolean;
}

/** One decorator for a field of a request: what is checked, what is answered when it is wrong, and what is documented. */
export function field(rule: FieldRule, options: FieldOptions): PropertyDecorator {
  const { optional = false, nullable = false, description } = options;
  const isMissing = (value: unknown): boolean =>
    (optional && value === undefined) || (nullable && value === null);
  return applyDecorators(
    ValidateIf((_, value) => !isMissing(value)),
    ValidateBy(
      {
        name: rule.expectation,
        validator: {
          validate: rule.test,
          defaultMessage: (args) => (args?.value === undefined ? 'is required' : rule.expectation),
        },
      },
      { context: rule },
    ),
    ApiProperty({
      ...rule.schema,
      description,
      required: !optional,
      ...(nullable && { nullable: true }),
      ...(options.example !== undefined && { example: options.example }),
    } as ApiPropertyOptions),
  );
}
