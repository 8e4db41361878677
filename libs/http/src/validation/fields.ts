import { applyDecorators } from '@nestjs/common';
import { MAX_JSON_DEPTH, MAX_NUMBER_DIGITS } from '../json/json-scan.js';
import { field, type FieldOptions } from './field-decorator.js';
import { limits } from './limits.js';
import { documents } from './mark.js';
import { isTagMap, tagErrors } from './tag-map.js';
import { hasLength } from './text-length.js';

const DOCUMENT_LIMITS = `At most ${String(MAX_JSON_DEPTH)} levels deep, the body included, with numbers of at most ${String(MAX_NUMBER_DIGITS)} digits when written out.`;
const TAG_LIMITS = `Keys have 1 to ${String(limits.tagKey)}, values at most ${String(limits.tagValue)} characters; all of them take 64 KiB at most.`;

/** A name: 1 to 255 characters, not only white space, kept exactly as sent. */
export function NameField(options: FieldOptions): PropertyDecorator {
  return field(
    {
      expectation: `must be a string of 1 to ${String(limits.name)} characters that is not blank`,
      test: (value) => hasLength(value, limits.name) && value.trim() !== '',
      schema: { type: 'string', minLength: 1, maxLength: limits.name, pattern: '\\S' },
    },
    options,
  );
}

/** An id of a record: as the service gave it. */
export function IdField(options: FieldOptions): PropertyDecorator {
  return field(
    {
      expectation: 'must be a string: the id of a record',
      test: (value) => typeof value === 'string',
      schema: { type: 'string' },
    },
    options,
  );
}

/** Any text up to a length in characters (Unicode code points). */
export function TextField(options: FieldOptions & { maxLength: number }): PropertyDecorator {
  const { maxLength } = options;
  return field(
    {
      expectation: `must be a string of at most ${String(maxLength)} characters`,
      test: (value) => hasLength(value, maxLength),
      schema: { type: 'string', maxLength },
    },
    options,
  );
}

/** A JSON object of any content. The property holds its text. */
export function DocumentField(options: FieldOptions): PropertyDecorator {
  return applyDecorators(
    documents.put,
    field(
      {
        expectation: 'must be a JSON object',
        test: (text) => typeof text === 'string' && text.startsWith('{'),
        schema: { type: 'object', additionalProperties: true },
      },
      { ...options, description: `${options.description} ${DOCUMENT_LIMITS}` },
    ),
  );
}

/** A flat map of strings. The property holds its JSON text. `removable`: a `null` takes the tag away. */
export function TagsField(options: FieldOptions & { removable?: boolean }): PropertyDecorator {
  const { removable = false } = options;
  const values = removable ? 'strings, or null to remove the tag,' : 'strings';
  return applyDecorators(
    documents.put,
    field(
      {
        expectation: `must be a flat object of ${values} with keys of 1 to ${String(limits.tagKey)} and values of at most ${String(limits.tagValue)} characters`,
        test: (text) => isTagMap(text, removable),
        errorsIn: (field, text) => tagErrors(field, text, removable),
        schema: {
          type: 'object',
          additionalProperties: {
            type: 'string',
            maxLength: limits.tagValue,
            ...(removable && { nullable: true }),
          },
        },
      },
      { ...options, description: `${options.description} ${TAG_LIMITS}` },
    ),
  );
}
