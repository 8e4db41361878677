import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import type { FieldError } from '#errors';
import { plainToInstance } from 'class-transformer';
import { fieldPath } from '../json/field-path.js';
import type { Query, QueryValues } from '../server/read-query.js';
import { fieldsOf, problemsOf } from './dto.js';
import { repeatables } from './mark.js';
import type { Dto } from './of-dto.js';
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
    const repeatable = repeatables.fieldsOf(dto);
    const picked: Record<string, string | string[]> = {};
    for (const [name, values] of Object.entries(query as Query)) {
      const read = repeatable.includes(name) ? each : only;
      const value = known.has(name)
        ? read(values)
        : { wrong: 'is not a parameter of this request' };
      if (typeof value === 'string' || Array.isArray(value)) picked[name] = value;
      else problems.push({ path: fieldPath([name]), message: value.wrong });
    }
    const refused = new Set(problems.map(({ path }) => path));
    const instance = plainToInstance(dto, picked);
    problems.push(...problemsOf(instance).filter(({ path }) => !refused.has(path)));
    if (problems.length > 0) throw validationFailed(problems);
    return instance;
  }
}

interface Wrong {
  readonly wrong: string;
}

/** The one value of a parameter, or why it has none that can be used. */
function only([value, ...more]: QueryValues): string | Wrong {
  if (more.length > 0) return { wrong: 'is given more than once' };
  return one(value);
}

/** All values of a parameter that may be given more than once, or why one of them cannot be used. */
function each(values: QueryValues): string[] | Wrong {
  const read = values.map(one);
  const texts = read.filter((value) => typeof value === 'string');
  return texts.length === read.length ? texts : (read.find(isWrong) ?? texts);
}

function one(value: QueryValues[number] | undefined): string | Wrong {
  if (typeof value !== 'string') return { wrong: 'is not validly percent-encoded UTF-8' };
  return value.includes('\0') ? { wrong: 'holds a NUL character, which cannot be stored' } : value;
}

function isWrong(value: string | Wrong): value is Wrong {
  return typeof value !== 'string';
}
