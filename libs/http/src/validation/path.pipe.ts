import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import type { CodedError } from '#errors';
import { validationFailed } from './validation-failed.js';

/** The 422 of a path parameter, by its name. */
export function pathNotStorable(name = ''): CodedError {
  return validationFailed([
    { path: name, message: 'holds a NUL character, which cannot be stored' },
  ]);
}

/** Refuses path parameters that no stored text can equal, before PostgreSQL has to. */
export class PathPipe implements PipeTransform {
  transform(value: unknown, metadata: ArgumentMetadata): unknown {
    if (metadata.type === 'param' && typeof value === 'string' && value.includes('\0')) {
      throw pathNotStorable(metadata.data);
    }
    return value;
  }
}
