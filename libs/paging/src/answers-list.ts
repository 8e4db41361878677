import type { Type } from '@nestjs/common';
import { Answers, type AnswerOptions } from '#http';
import { LIST_PROBLEMS } from './list-problems.js';

type ListAnswer = Pick<AnswerOptions, 'id' | 'needs' | 'summary' | 'description'>;

/** Documents a route that answers a list, whole or page by page, and takes a `ListQueryDto`. */
export function AnswersList({ of, ...options }: ListAnswer & { of: Type }): MethodDecorator {
  return Answers({
    ...options,
    ok: [of],
    isPaged: true,
    takesQuery: true,
    problems: LIST_PROBLEMS,
  });
}
