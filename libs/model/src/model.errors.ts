import { CodedError, type FieldError } from '#errors';

/** @param fields - which ones, where a request names several */
export function modelNotFound(fields: readonly FieldError[] = []): CodedError {
  return new CodedError({
    kind: 'not_found',
    code: 'MODEL_NOT_FOUND',
    detail: 'There is no such model.',
    fields,
  });
}

/** `If-None-Match: *` asked for a new model, and the project has one of that name. */
export function modelExists(): CodedError {
  return new CodedError({
    kind: 'precondition_failed',
    code: 'MODEL_EXISTS',
    detail: 'The project already has a model of this name.',
  });
}

/** Renaming, or restoring, into a name that another model of the project has. */
export function modelNameTaken(): CodedError {
  return new CodedError({
    kind: 'conflict',
    code: 'MODEL_NAME_TAKEN',
    detail:
      'Another model of the project has this name. Rename or delete that one first, or give this one another name, then try again.',
  });
}

/** An experiment of a deleted model cannot come back alone. */
export function modelDeleted(): CodedError {
  return new CodedError({
    kind: 'conflict',
    code: 'MODEL_DELETED',
    detail: 'The model it belongs to is deleted. Restore that one first.',
  });
}
