import { ApiHeader, ApiResponse, type ApiResponseOptions } from '@nestjs/swagger';
import { keyInUse, keyReused, recordChanged, type CodedError } from '#errors';
import { keyMalformed } from '../problem/request-errors.js';

/** What a route does with the records that it answers with. */
export interface RecordOptions {
  /** The route answers with one record: as it is, as it was made, or as the route has changed it. */
  readonly record?: 'read' | 'made' | 'changed';
  /** The route writes: a request may be repeated with its `Idempotency-Key`. Those that make or change a record do. */
  readonly isWrite?: boolean;
}

/** What a {@link RecordOptions} adds to the documentation of a route. */
interface RecordDocuments {
  readonly decorators: readonly MethodDecorator[];
  readonly headers: NonNullable<ApiResponseOptions['headers']>;
  readonly problems: readonly (() => CodedError)[];
}

const ETAG = {
  ETag: {
    description: 'The state of the record, for `If-Match` and `If-None-Match`.',
    schema: { type: 'string' },
  },
} satisfies ApiResponseOptions['headers'];

const REPLAYED = {
  'Idempotency-Replayed': {
    description:
      '`true`: the answer is that of an earlier request with the same `Idempotency-Key`.',
    schema: { type: 'string', enum: ['true'] },
  },
} satisfies ApiResponseOptions['headers'];

const IF_NONE_MATCH = ApiHeader({
  name: 'If-None-Match',
  required: false,
  description: 'The `ETag` of an answer that is still there: 304 if the record has not changed.',
  schema: { type: 'string' },
});

const NOT_MODIFIED = ApiResponse({
  status: 304,
  description: 'The record is in the state that `If-None-Match` names.',
  headers: ETAG,
});

const IF_MATCH = ApiHeader({
  name: 'If-Match',
  required: false,
  description:
    'The `ETag` of the state that is to be changed: 412 if the record is in another one by now. Without it, or with `*`, ' +
    'it is changed in any case.',
  schema: { type: 'string' },
});

const IDEMPOTENCY_KEY = ApiHeader({
  name: 'Idempotency-Key',
  required: false,
  description:
    'Makes it safe to repeat the request: with the same key it is carried out once, and answered alike each time. 1 to 255 ' +
    'printable ASCII characters, a new one for each request that is meant anew. Remembered for `IDEMPOTENCY_KEEP_HOURS`.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
});

/** Documents the headers of records and of writes. */
export function recordDocuments({ record, isWrite = false }: RecordOptions): RecordDocuments {
  const writes = isWrite || record === 'made' || record === 'changed';
  return {
    decorators: [
      ...(record === 'read' ? [IF_NONE_MATCH, NOT_MODIFIED] : []),
      ...(record === 'changed' ? [IF_MATCH] : []),
      ...(writes ? [IDEMPOTENCY_KEY] : []),
    ],
    headers: { ...(record && ETAG), ...(writes && REPLAYED) },
    problems: [
      ...(record === 'changed' ? [() => recordChanged('20260102030405678901')] : []),
      ...(writes ? [keyMalformed, keyReused, keyInUse] : []),
    ],
  };
}
