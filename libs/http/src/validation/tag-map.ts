import { limits } from './limits.js';
import { hasLength } from './text-length.js';

/** Whether a JSON text is a flat map of strings within the limits; `removable` also lets `null` be a value. */
export function isTagMap(text: unknown, removable: boolean): boolean {
  if (typeof text !== 'string' || !text.startsWith('{')) return false;
  return Object.entries(JSON.parse(text) as Record<string, unknown>).every(
    ([key, value]) =>
      key !== '' &&
      hasLength(key, limits.tagKey) &&
      ((removable && value === null) || hasLength(value, limits.tagValue)),
  );
}
