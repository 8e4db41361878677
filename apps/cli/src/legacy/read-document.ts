import { scanJson } from '#http';
import type { Problem } from './defects.js';

/** A document as it is kept, or why it cannot be. */
export type ReadDocument =
  | { readonly text: string | null }
  | {
      readonly problem: Problem;
      readonly detail: string;
      /** What is kept in its place when defects are to be mended; undefined when nothing can be. */
      readonly mended: string | undefined;
    };

/** The member under which a mended document holds what was there. */
const MEMBER = 'value';

/** A text in quotes, or what Python writes for numbers that JSON does not have. */
const NOT_FINITE = /"(?:[^"\\]|\\.)*"|-?Infinity|NaN/g;

/**
 * Reads a JSON column of the old service. Python has written an absent document as `null`, and NaN and infinities as no
 * JSON has them: they become the texts that stand for them here.
 */
export function readDocument(stored: string | null): ReadDocument {
  if (stored === null) return { text: null };
  const text = /NaN|Infinity/.test(stored) ? quoteNotFinite(stored) : stored;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'not_json', detail: 'is not JSON', mended: wrapped(JSON.stringify(stored)) };
  }
  if (value === null) return { text: null };
  const [problem] = scanJson(text).problems;
  if (problem) {
    const detail = `has a value that cannot be kept: ${problem.path} ${problem.message}`;
    return { problem: 'not_storable', detail, mended: undefined };
  }
  if (typeof value === 'object' && !Array.isArray(value)) return { text };
  const detail = `is no JSON object but ${Array.isArray(value) ? 'an array' : `a ${typeof value}`}`;
  return { problem: 'not_an_object', detail, mended: wrapped(text) };
}

function quoteNotFinite(text: string): string {
  return text.replace(NOT_FINITE, (found) => (found.startsWith('"') ? found : `"${found}"`));
}

function wrapped(json: string): string {
  return `{"${MEMBER}": ${json}}`;
}
