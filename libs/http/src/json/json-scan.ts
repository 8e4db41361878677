import type { FieldError } from '#errors';
import { MAX_PROBLEMS } from '../validation/validation-failed.js';
import { writtenOutDigits } from './number-digits.js';
import { fieldPath } from './field-path.js';

/** Objects and arrays inside one another, the body itself included. */
export const MAX_JSON_DEPTH = 200;
/** Digits of a number written out in full, without an exponent: every IEEE double fits. */
export const MAX_NUMBER_DIGITS = 400;

/** What a walk over a JSON text found. */
export interface JsonScan {
  /** The raw text of each member, when the text is an object. */
  readonly members: ReadonlyMap<string, string>;
  /** Characters that numbers gain when they are written out without an exponent. */
  readonly expansion: number;
  readonly problems: readonly FieldError[];
  /** The walk ended early, at a place nested deeper than {@link MAX_JSON_DEPTH}. */
  readonly tooDeep: boolean;
}

/**
 * Walks over a text that `JSON.parse` has accepted and finds what JSON allows but Model DB cannot keep as it is:
 * text that PostgreSQL cannot store, numbers that would be changed, members that are named twice, deep nesting.
 * Linear in the length of the text; recursion is bounded by {@link MAX_JSON_DEPTH}.
 */
export function scanJson(text: string): JsonScan {
  const scanner = new JsonScanner(text);
  scanner.scan();
  return scanner;
}

const WHITESPACE = /[ \t\n\r]*/y;
/** The highest code of white space. */
const SPACE = 32;
const NUMBER = /[-+.\deE]*/y;
const PLAIN_NUMBER = /[-.\d]*/y;
const EXPONENT = new Set<string | undefined>(['e', 'E']);
const LITERAL = /[a-z]+/y;
/** Up to here a number without an exponent is certainly short enough. */
const SHORT_NUMBER = 20;

/** Up to so many names are compared one by one: most objects are small, and there may be very many of them. */
const FEW_NAMES = 8;

/** The names of the members of an object. */
class Names {
  private readonly few: string[] = [];
  private many: Set<string> | undefined;

  /** @returns whether the name is new */
  add(name: string): boolean {
    if (this.many) return this.many.size < this.many.add(name).size;
    if (this.few.includes(name)) return false;
    if (this.few.push(name) > FEW_NAMES) this.many = new Set(this.few);
    return true;
  }
}

class JsonScanner implements JsonScan {
  readonly members = new Map<string, string>();
  readonly problems: FieldError[] = [];
  expansion = 0;
  tooDeep = false;
  private position = 0;
  private backslash = -1;
  private readonly path: (string | number)[] = [];

  constructor(private readonly text: string) {}

  scan(): void {
    this.skipWhitespace();
    this.value();
  }

  private value(): void {
    const first = this.text[this.position];
    if (first === '{' || first === '[') this.container(first);
    else if (first === '"') this.string();
    else if (first === 't' || first === 'f' || first === 'n') this.skip(LITERAL);
    else this.number();
  }

  private container(first: '{' | '['): void {
    if (this.path.length >= MAX_JSON_DEPTH) {
      this.problem(`is nested deeper than ${String(MAX_JSON_DEPTH)} levels`);
      this.tooDeep = true;
      this.position = this.text.length;
      return;
    }
    this.position += 1;
    this.skipWhitespace();
    if (first === '{') this.object();
    else this.array();
    this.position += 1;
  }

  private object(): void {
    const seen = new Names();
    const isBody = this.path.length === 0;
    while (this.position < this.text.length && this.text[this.position] !== '}') {
      const key = this.string();
      this.path.push(key);
      if (!seen.add(key)) this.problem('is there twice, and only one of them can be meant');
      this.skipWhitespace();
      this.position += 1;
      this.skipWhitespace();
      const start = this.position;
      this.value();
      if (isBody) this.members.set(key, this.text.slice(start, this.position));
      this.path.pop();
      this.separator();
    }
  }

  private array(): void {
    for (
      let index = 0;
      this.position < this.text.length && this.text[this.position] !== ']';
      index += 1
    ) {
      this.path.push(index);
      this.value();
      this.path.pop();
      this.separator();
    }
  }

  private separator(): void {
    this.skipWhitespace();
    if (this.text[this.position] !== ',') return;
    this.position += 1;
    this.skipWhitespace();
  }

  private string(): string {
    const start = this.position + 1;
    const end = this.closingQuote(start);
    this.position = end + 1;
    if (this.nextBackslash(start) > end) return this.text.slice(start, end);
    const value = JSON.parse(this.text.slice(start - 1, end + 1)) as string;
    if (value.includes('\0')) this.problem('holds a NUL character, which cannot be stored');
    if (!value.isWellFormed()) this.problem('holds half a surrogate pair, which cannot be stored');
    return value;
  }

  private closingQuote(start: number): number {
    let quote = this.text.indexOf('"', start);
    while (this.isEscaped(quote)) quote = this.text.indexOf('"', quote + 1);
    return quote;
  }

  private isEscaped(position: number): boolean {
    let start = position;
    while (this.text[start - 1] === '\\') start -= 1;
    return (position - start) % 2 === 1;
  }

  /** Remembered, so that a text without backslashes is searched for one only once. */
  private nextBackslash(from: number): number {
    if (this.backslash < from) {
      const found = this.text.indexOf('\\', from);
      this.backslash = found < 0 ? Infinity : found;
    }
    return this.backslash;
  }

  private number(): void {
    const start = this.position;
    this.skip(PLAIN_NUMBER);
    const isPlain = !EXPONENT.has(this.text[this.position]);
    if (isPlain && this.position - start <= SHORT_NUMBER) return;
    this.skip(NUMBER);
    const number = this.text.slice(start, this.position);
    const digits = writtenOutDigits(number);
    if (digits > MAX_NUMBER_DIGITS) {
      this.problem(
        `is a number of more than ${String(MAX_NUMBER_DIGITS)} digits when written out; send it as a string`,
      );
    } else this.expansion += Math.max(0, digits - number.length);
  }

  /** Mostly there is none, which one look tells. */
  private skipWhitespace(): void {
    if (this.text.charCodeAt(this.position) <= SPACE) this.skip(WHITESPACE);
  }

  private skip(pattern: RegExp): void {
    pattern.lastIndex = this.position;
    pattern.test(this.text);
    this.position = Math.max(this.position, pattern.lastIndex);
  }

  private problem(message: string): void {
    if (this.problems.length < MAX_PROBLEMS) {
      this.problems.push({ path: fieldPath(this.path), message });
    }
  }
}
