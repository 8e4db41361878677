import { CodedError } from '#errors';

/** There is nobody of that name with a role on the project. */
export function memberNotFound(): CodedError {
  return new CodedError({
    kind: 'not_found',
    code: 'MEMBER_NOT_FOUND',
    detail: 'This member has no role on the project.',
  });
}

/** Roles are given to keys that are there. */
export function memberIsNoKey(): CodedError {
  return new CodedError({
    kind: 'not_found',
    code: 'KEY_NOT_FOUND',
    detail: 'There is no API key with this id.',
  });
}
