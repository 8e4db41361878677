import type { FieldError } from '#errors';
import { bodyNotJson, bodyTooLarge } from '../problem/request-errors.js';
import { validationFailed } from '../validation/validation-failed.js';
import { scanJson } from './json-scan.js';

const NOT_FINITE =
  'The body is not JSON. Send NaN and infinities as the strings "NaN", "Infinity" and "-Infinity".';
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** A request body: parsed, and with the raw text of each top-level member for what is stored as JSON. */
export class JsonBody {
  private constructor(
    readonly value: unknown,
    /** What PostgreSQL could not keep exactly as it was sent. */
    readonly problems: readonly FieldError[],
    /** As it was sent. */
    readonly bytes: Buffer,
    private readonly members: ReadonlyMap<string, string>,
  ) {}

  /** The JSON text of a top-level member, exactly as it was sent. */
  textOf(member: string): string | undefined {
    return this.members.get(member);
  }

  /**
   * Reads a body.
   * @param bytes - the body as received
   * @param maxBytes - how long it may be with its numbers written out in full
   * @throws CodedError `BODY_NOT_JSON`, `BODY_TOO_LARGE`, or `VALIDATION_FAILED` when it is nested too deep
   */
  static read(bytes: Buffer, maxBytes: number): JsonBody {
    const text = decode(bytes);
    const value = parse(text);
    const { members, expansion, problems, tooDeep } = scanJson(text);
    // At once: nothing that walks over the value recursively may see it.
    if (tooDeep) throw validationFailed(problems);
    if (bytes.length + expansion > maxBytes) throw bodyTooLarge();
    return new JsonBody(value, problems, bytes, members);
  }
}

function decode(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw bodyNotJson('The body is not UTF-8 text.');
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw /\b(?:NaN|Infinity)\b/.test(text) ? bodyNotJson(NOT_FINITE) : bodyNotJson();
  }
}
