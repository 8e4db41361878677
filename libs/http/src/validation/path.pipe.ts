import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { validationFailed } from './validation-failed.js';

/** Refuses path parameters that no stored text can equal, before PostgreSQL has to. */
@Injectable()
export class PathPipe implements PipeTransform {
  transform(value: unknown, metadata: ArgumentMetadata): unknown {
    if (metadata.type === 'param' && typeof value === 'string' && value.includes('\0')) {
      const message = 'holds a NUL character, which cannot be stored';
      throw validationFailed([{ path: metadata.data ?? '', message }]);
    }
    return value;
  }
}
