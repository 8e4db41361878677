import type { FieldError } from '#errors';
import { hasLength } from '#http';
import { isoTime } from '#query';
import { METRIC_KEY_LENGTH } from './metric-limits.js';

const NOT_FINITE = new Set<unknown>(['NaN', 'Infinity', '-Infinity']);
const FIELDS = new Set(['key', 'value', 'step', 'timestamp']);
const ZONE = /(?:Z|[+-]\d\d(?::?\d\d)?)$/i;
/** Far enough from the years that ISO 8601 cannot write with four digits, in any zone. */
const OUR_ERA = /^[12]\d{3}-/;
/** What nearly all times look like: certainly right, and quickly seen. */
const PLAIN_TIME =
  /^[12]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?(?:Z|[+-]0\d:[0-5]\d)$/;

/** What is wrong with a point. Written by hand, because there are ten thousand of them in a request. */
export function pointErrors(point: unknown): readonly FieldError[] {
  if (typeof point !== 'object' || point === null || Array.isArray(point)) {
    return [{ path: '', message: 'must be an object' }];
  }
  const { key, value, step, timestamp } = point as Record<string, unknown>;
  const errors: FieldError[] = [];
  for (const name in point) {
    if (!FIELDS.has(name)) errors.push({ path: name, message: 'is not a field of a point' });
  }
  if (!isKey(key)) {
    const length = String(METRIC_KEY_LENGTH);
    const message =
      key === undefined
        ? 'is required'
        : `must be a string of 1 to ${length} characters that is not blank`;
    errors.push({ path: 'key', message });
  }
  if (typeof value !== 'number' && !NOT_FINITE.has(value)) {
    const message =
      value === undefined ? 'is required' : 'must be a number, or "NaN", "Infinity" or "-Infinity"';
    errors.push({ path: 'value', message });
  }
  if (step !== undefined && step !== null && !Number.isSafeInteger(step)) {
    errors.push({ path: 'step', message: 'must be a whole number of at most 2^53 - 1' });
  }
  if (timestamp !== undefined && timestamp !== null && !isTime(timestamp)) {
    const message =
      'must be a time of ISO 8601 with its zone, of the years 1000 to 2999: "2026-01-31T12:00:00Z"';
    errors.push({ path: 'timestamp', message });
  }
  return errors;
}

function isKey(key: unknown): boolean {
  return hasLength(key, METRIC_KEY_LENGTH) && key.trim() !== '';
}

function isTime(text: unknown): boolean {
  if (typeof text !== 'string') return false;
  if (PLAIN_TIME.test(text)) return true;
  return OUR_ERA.test(text) && text.includes(':') && ZONE.test(text) && isoTime(text) !== undefined;
}
