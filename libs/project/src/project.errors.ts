import { CodedError, type FieldError } from '#errors';

/** @param fields - which ones, where a request names several */
export function projectNotFound(fields: readonly FieldError[] = []): CodedError {
  return new CodedError({
    kind: 'not_found',
    code: 'PROJECT_NOT_FOUND',
    detail: 'There is no such project.',
    fields,
  });
}

/** `If-None-Match: *` asked for a new project, and there is one of that name. */
export function projectExists(): CodedError {
  return new CodedError({
    kind: 'precondition_failed',
    code: 'PROJECT_EXISTS',
    detail: 'There already is a project of this name.',
  });
}

/** Renaming, or restoring, into a name that another project has. */
export function projectNameTaken(): CodedError {
  return new CodedError({
    kind: 'conflict',
    code: 'PROJECT_NAME_TAKEN',
    detail:
      'Another project has this name. Rename or delete that one first, or give this one another name, then try again.',
  });
}

/** A child of a deleted project cannot come back alone. */
export function projectDeleted(): CodedError {
  return new CodedError({
    kind: 'conflict',
    code: 'PROJECT_DELETED',
    detail: 'The project it belongs to is deleted. Restore that one first.',
  });
}
