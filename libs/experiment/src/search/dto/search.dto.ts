import { BooleanField, IdField, IntegerField, limits, TextField, TextsField } from '#http';
import { queryLimits } from '#query';

const optional = { optional: true, nullable: true } as const;

export class SearchDto {
  @TextField({
    description:
      'Which experiments: a condition in the query language, see docs/query-language.md.',
    example: `evaluations.accuracy >= 0.9 AND parameters.optimizer IN ('adam', 'sgd')`,
    maxLength: queryLimits.characters,
    ...optional,
  })
  where?: string | null;

  @IdField({
    description: 'Only experiments of this project.',
    example: '0198f2a4-7c1e-7d3b-9a55-2f6f0c1e8b7a',
    ...optional,
  })
  project_id?: string | null;

  @IdField({
    description: 'Only experiments of this model.',
    example: '0198f2a4-8d02-7a10-b3c4-51e6d7f8a9b0',
    ...optional,
  })
  model_id?: string | null;

  @TextsField({
    description:
      'What to order by, most important first; each with ASC or DESC. Absent values come last. Oldest first when it is left out.',
    example: ['evaluations.accuracy DESC', 'created_datetime'],
    minItems: 1,
    maxItems: 8,
    maxLength: queryLimits.characters,
    ...optional,
  })
  order_by?: string[] | null;

  @TextsField({
    description:
      'What of each experiment to answer, by the names it is asked for with. Everything when it is left out.',
    example: ['experiment_id', 'evaluations.accuracy', 'parameters'],
    minItems: 1,
    maxItems: 100,
    maxLength: queryLimits.characters,
    ...optional,
  })
  fields?: string[] | null;

  @IntegerField({
    description: 'Experiments of a page at most. A page also ends after 8 MiB of content.',
    example: 100,
    minimum: 1,
    maximum: limits.page,
    default: 50,
    ...optional,
  })
  limit?: number | null;

  @TextField({
    description: 'Where to go on: `next_cursor` of the page before, with the same question.',
    example: 'q83vEjRWeJCrze8SNFZ4kFswLCIyMDI2LTAxLTAyVDAzOjA0OjA1WiJd',
    maxLength: limits.cursor,
    ...optional,
  })
  cursor?: string | null;

  @BooleanField({
    description: 'Whether to count all experiments of the answer, which reads them all.',
    example: true,
    default: false,
    ...optional,
  })
  count?: boolean | null;
}
