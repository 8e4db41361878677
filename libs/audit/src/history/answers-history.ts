import type { Type } from '@nestjs/common';
import { searchTooSlow } from '#database';
import type { CodedError } from '#errors';
import { Answers } from '#http';
import { invalidCursor } from '#query';
import { AuditEventDto } from '../events/dto/audit-event.dto.js';
import { historyPruned } from './history.errors.js';

/** Documents the history of a record, and takes a `HistoryQuery`. */
export function AnswersHistory(options: {
  readonly id: string;
  readonly summary: string;
  readonly of: Type;
  readonly notFound: () => CodedError;
}): MethodDecorator {
  const { id, summary, of, notFound } = options;
  return Answers({
    id,
    needs: 'viewer',
    summary,
    description:
      'Its events, newest first; or with `at`, the record as it was then, with its `deleted_datetime` if it was deleted.',
    answer: 'Events as a JSON array, all or at most `limit` of them. With `at`: the record.',
    ok: [AuditEventDto],
    orOne: of,
    isPaged: true,
    takesQuery: true,
    problems: [notFound, historyPruned, invalidCursor, searchTooSlow],
  });
}
