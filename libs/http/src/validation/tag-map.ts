import type { FieldError } from '#errors';
import { fieldPath } from '../json/field-path.js';
import { limits } from './limits.js';
import { hasLength } from './text-length.js';
import { MAX_PROBLEMS } from './validation-failed.js';

/** Whether a JSON text is a flat map of strings within the limits; `removable` also lets `null` be a value. */
export function isTagMap(text: unknown, removable: boolean): boolean {
  return (
    typeof text === 'string' && text.startsWith('{') && wrongTags(text, removable).length === 0
  );
}

/** What is wrong with the tags of a map, by their keys: the first of them, as an answer has to end somewhere. */
export function tagErrors(field: string, text: unknown, removable: boolean): FieldError[] {
  if (typeof text !== 'string' || !text.startsWith('{')) return [];
  const values = removable ? 'a string, or null to remove the tag,' : 'a string';
  return wrongTags(text, removable)
    .slice(0, MAX_PROBLEMS)
    .map(([key]) => ({
      path: fieldPath([field, key.slice(0, limits.tagKey)]),
      message: isKey(key)
        ? `must be ${values} of at most ${String(limits.tagValue)} characters`
        : `must have a key of 1 to ${String(limits.tagKey)} characters`,
    }));
}

function wrongTags(text: string, removable: boolean): [string, unknown][] {
  return Object.entries(JSON.parse(text) as Record<string, unknown>).filter(
    ([key, value]) =>
      !isKey(key) || !((removable && value === null) || hasLength(value, limits.tagValue)),
  );
}

function isKey(key: string): boolean {
  return key !== '' && hasLength(key, limits.tagKey);
}
