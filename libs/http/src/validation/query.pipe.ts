import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import type { FieldError } from '#errors';
import { plainToInstance } from 'class-transformer';
import { fieldPath } from '../json/field-path.js';
import type { Query, QueryValues } from '../server/read-query.js';
import { fieldsOf, problemsOf, type Dto } from './dto.js';
import { validationFailed } from './validation-failed.js';

/**
 * Turns the query string into the DTO of the route, or refuses it naming every wrong parameter at once: unknown ones
 * too, since a filter with a typo in its name must not answer everything. A handler takes it whole: `@Query() query:
 * PageQuery`. Routes that declare none ignore whatever stands behind the `?`, as they always did.
 */
export class QueryPipe implements PipeTransform {
  transform(query: unknown, metadata: ArgumentMetadata): unknown {
    if (metadata.type !== 'query') return query;
    const dto = metadata.metatype as Dto;
    const known = fieldsOf(dto);
    const problems: FieldError[] = [];
    const picked: Record<string, string> = {};
    for (const [name, values] of Object.entries(query as Query)) {
      const value = known.has(name)
        ? only(values)
        : { wrong: 'is not a parameter of this request' };
      if (typeof value === 'string') picked[name] = value;
      else problems.push({ path: fieldPath([name]), message: value.wrong });
    }
    const refused = new Set(problems.map(({ path }) => path));
    const instance = plainToInstance(dto, picked);
    problems.push(...problemsOf(instance).filter(({ path }) => !refused.has(path)));
    if (problems.length > 0) throw validationFailed(problems);
    return instance;
  }
}

/** The one value of a parameter, or why it has none that can be used. */
function only([value, ...more]: QueryValues): string | { readonly wrong: string } {
  if (more.length > 0) return { wrong: 'is given more than once' };
  if (typeof value !== 'string') return { wrong: 'is not validly percent-encoded UTF-8' };
  return value.includes('\0') ? { wrong: 'holds a NUL character, which cannot be stored' } : value;
}
