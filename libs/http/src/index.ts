export { HttpModule } from './http.module.js';
export { jsonArray } from './json/json-array.js';
export { writeLines } from './json/json-lines.js';
export { jsonList } from './json/json-list.js';
export { scanJson } from './json/json-scan.js';
export type { ListAnswer } from './json/list-answer.js';
export {
  jsonWriter,
  numberJson,
  type JsonText,
  type RowWriter,
  type TextRow,
} from './json/json-writer.js';
export { Answers, TakesIfNoneMatch, type AnswerOptions } from './openapi/answers.js';
export { completeDocument, withIssuer, type PathParameters } from './openapi/complete-document.js';
export { DocumentProperty, TagsProperty } from './openapi/properties.js';
export { RecordTimesDto } from './openapi/record-times.dto.js';
export { Access, includesRole, ROLES, type Role } from './server/access.js';
export { allowOrigins } from './server/allow-origins.js';
export { createAdapter, type AdapterOptions } from './server/create-adapter.js';
export {
  Calling,
  guardRequests,
  SIGNED_IN,
  type Arrival,
  type Gate,
} from './server/guard-requests.js';
export { keepReadsFresh } from './server/fresh-reads.js';
export { FromOrigin, type Origin } from './server/origin.js';
export { OnlyIfAbsent } from './server/if-none-match.js';
export { endTraces } from './server/end-traces.js';
export { followRequests } from './server/follow-requests.js';
export { logRequests } from './server/log-requests.js';
export { NextPage, type LinkNextPage } from './server/next-page.js';
export {
  grantee,
  mayPass,
  namesOf,
  servesThose,
  type Caller,
  type Needs,
} from './server/policy.js';
export { rateLimits, type RateLimitOptions } from './server/rate-limits.js';
export type { Counted, LimitName, SharedCounts } from './server/shared-counts.js';
export { RecordAnswer } from './server/record-answer.js';
export { ForWrite, type IdempotencyKey, type WriteRequest } from './server/write-request.js';
export { shedLoad, type Pressure } from './server/shed-load.js';
export { TakesLines, WantsLines } from './server/wants-lines.js';
export { Within } from './server/within.js';
export { watchMethods } from './server/wrong-methods.js';
export { DocumentField, IdField, NameField, TagsField, TextField } from './validation/fields.js';
export {
  BooleanField,
  ChoiceField,
  FutureField,
  IntegerField,
  MemberField,
  TextsField,
} from './validation/value-fields.js';
export { JsonList, ListField } from './validation/list-field.js';
export { limits } from './validation/limits.js';
export { hasLength } from './validation/text-length.js';
export {
  QueryChoice,
  QueryInt,
  QueryList,
  QueryText,
  QueryTexts,
  QueryTime,
} from './validation/query-fields.js';
