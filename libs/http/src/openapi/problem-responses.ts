import { ApiResponse, getSchemaPath } from '@nestjs/swagger';
import type { CodedError } from '#errors';
import { ProblemDto } from '../problem/problem.dto.js';
import { PROBLEM_JSON, problemOf, type Problem } from '../problem/problem.js';
import type { InlineResponse } from './document-types.js';

const REQUEST_ID = '0198f2a4-7c1e-7d3b-9a55-2f6f0c1e8b7a';
const RETRY_AFTER = {
  'Retry-After': { description: 'Seconds after which to try again.', schema: { type: 'integer' } },
} as const;
const RATE_LIMIT = {
  'RateLimit-Limit': {
    description: 'How many requests a minute has.',
    schema: { type: 'integer' },
  },
  'RateLimit-Remaining': {
    description: 'How many are left in this one.',
    schema: { type: 'integer' },
  },
  'RateLimit-Reset': {
    description: 'Seconds until the next one begins.',
    schema: { type: 'integer' },
  },
} as const;
const X_REQUEST_ID = {
  'X-Request-Id': { description: 'As in `request_id`.', schema: { type: 'string' } },
} as const;

/** An error as the example of a problem. */
export function exampleOf(error: CodedError, instance = '/'): Problem {
  return problemOf(error, instance, REQUEST_ID);
}

/**
 * Documents a status with an example of every problem that has it.
 * @param isToBeRetried - the answer may say when
 */
export function problemResponse(
  status: number,
  problems: readonly Problem[],
  isToBeRetried = false,
): InlineResponse {
  return {
    description: problems.map(({ code, detail }) => `\`${code}\`: ${detail}`).join('\n\n'),
    headers: {
      ...X_REQUEST_ID,
      ...(isToBeRetried && RETRY_AFTER),
      ...(status === 429 && RATE_LIMIT),
    },
    content: {
      [PROBLEM_JSON]: {
        schema: { $ref: getSchemaPath(ProblemDto) },
        examples: Object.fromEntries(problems.map((problem) => [problem.code, { value: problem }])),
      },
    },
  };
}

/** Documents the errors of a route. */
export function problemResponses(errors: readonly CodedError[]): MethodDecorator[] {
  const byStatus = new Map<number, CodedError[]>();
  for (const error of errors) {
    const { status } = exampleOf(error);
    byStatus.set(status, [...(byStatus.get(status) ?? []), error]);
  }
  return [...byStatus].map(([status, ofStatus]) => {
    const problems = ofStatus.map((error) => exampleOf(error));
    const isToBeRetried = ofStatus.some(({ retryAfter }) => retryAfter !== undefined);
    return ApiResponse({ status, ...problemResponse(status, problems, isToBeRetried) });
  });
}
