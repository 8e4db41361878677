import { applyDecorators, Header, HttpCode, type Type } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiSecurity,
  getSchemaPath,
  type ApiResponseOptions,
} from '@nestjs/swagger';
import {
  addressLimited,
  callerLimited,
  credentialsRefused,
  databaseBusy,
  databaseUnavailable,
  issuerUnavailable,
  notAuthenticated,
  notPermitted,
  overloaded,
  type CodedError,
} from '#errors';
import {
  bodyMissing,
  bodyNotJson,
  bodyTooLarge,
  unsupportedEncoding,
  unsupportedMediaType,
} from '../problem/request-errors.js';
import { ProblemDto } from '../problem/problem.dto.js';
import { servesThose, type Needs } from '../server/policy.js';
import { validationFailed } from '../validation/validation-failed.js';
import { recordDocuments, type RecordOptions } from './record-options.js';
import { problemResponses } from './problem-responses.js';

export interface AnswerOptions extends RecordOptions {
  /** Whom the route serves. */
  readonly needs: Needs;
  /** The name of the operation in generated clients. */
  readonly id: string;
  readonly summary: string;
  readonly description?: string;
  /** What 200 holds, where the summary does not say it. */
  readonly answer?: string;
  /** What 200 answers: one record, or `[Dto]` for an array of them. */
  readonly ok: Type | [Type];
  /** What it may answer instead of a list, where a parameter asks for that. */
  readonly orOne?: Type;
  /** The route answers pages, the next one named in a `Link` header. */
  readonly isPaged?: boolean;
  /** The route takes a JSON body, with all that can be wrong with one. */
  readonly takesBody?: boolean;
  /** The route declares query parameters, and refuses wrong ones. */
  readonly takesQuery?: boolean;
  /** The route works without the database. */
  readonly standsAlone?: boolean;
  /** The errors of this route: those that its service throws. */
  readonly problems?: readonly (() => CodedError)[];
}

const OF_CALLERS = [
  notAuthenticated,
  credentialsRefused,
  () => addressLimited(17),
  () => callerLimited(17),
];

const OF_BODIES = [
  bodyMissing,
  bodyNotJson,
  bodyTooLarge,
  unsupportedEncoding,
  unsupportedMediaType,
  () => validationFailed([{ path: 'project_nam', message: 'is not a field of this request' }]),
];

const OF_QUERIES = [
  () => validationFailed([{ path: 'limt', message: 'is not a parameter of this request' }]),
];

const REQUEST_ID_HEADER = {
  'X-Request-Id': {
    description: 'The id of the request: the one that was sent in this header, or a new one.',
    schema: { type: 'string' },
  },
} satisfies ApiResponseOptions['headers'];

const LINK_HEADER = {
  Link: {
    description: 'The next page, relative to this one: `<…>; rel="next"`. Absent on the last one.',
    schema: { type: 'string' },
  },
} satisfies ApiResponseOptions['headers'];

const STRICT = 'Fields that are not listed are refused.';
const PAGE = 'A JSON array: all rows, streamed, or at most `limit` of them.';

/** Documents a route and makes it answer 200 with JSON text, creates included. */
export function Answers(options: AnswerOptions): MethodDecorator {
  const { id, summary, needs, isPaged, takesBody, takesQuery, standsAlone } = options;
  const { problems = [], answer = isPaged ? PAGE : `${summary}.` } = options;
  const description = [options.description, takesBody && STRICT].filter(Boolean).join(' ');
  const [record, isList] = Array.isArray(options.ok) ? [options.ok[0], true] : [options.ok, false];
  const documents = recordDocuments(options);
  const errors = [
    ...problems,
    ...documents.problems,
    ...(needs === 'nothing' ? [] : OF_CALLERS),
    ...(needs === 'nothing' || needs === 'caller' ? [] : [notPermitted]),
    ...(takesBody ? OF_BODIES : takesQuery ? OF_QUERIES : []),
    ...(standsAlone ? [] : [databaseUnavailable, databaseBusy, overloaded]),
    ...(needs === 'nothing' ? [] : [issuerUnavailable]),
  ];
  return applyDecorators(
    servesThose(needs),
    ...(needs === 'nothing'
      ? []
      : [ApiSecurity('bearer'), ApiSecurity('api_key'), ApiSecurity('basic')]),
    HttpCode(200),
    Header('content-type', 'application/json; charset=utf-8'),
    ApiOperation({ operationId: id, summary, ...(description && { description }) }),
    ApiOkResponse({
      ...shapeOf(record, isList, options.orOne),
      description: answer,
      headers: { ...REQUEST_ID_HEADER, ...documents.headers, ...(isPaged && LINK_HEADER) },
    }),
    ...documents.decorators,
    ApiExtraModels(ProblemDto, ...(options.orOne ? [record, options.orOne] : [])),
    ...problemResponses(errors.map((error) => error())),
  );
}

function shapeOf(record: Type, isList: boolean, orOne: Type | undefined): ApiResponseOptions {
  if (!orOne) return { type: record, isArray: isList };
  const one = (type: Type) => ({ $ref: getSchemaPath(type) });
  return { schema: { oneOf: [{ type: 'array', items: one(record) }, one(orOne)] } };
}

/** Documents `If-None-Match: *` on a get-or-create. */
export function TakesIfNoneMatch(): MethodDecorator {
  return ApiHeader({
    name: 'If-None-Match',
    required: false,
    description: '`*`: only create; a name that is taken answers 412.',
    schema: { type: 'string', enum: ['*'] },
  });
}
