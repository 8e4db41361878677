import type { ParserMethod } from 'chevrotain';
import type { Fields } from '../fields.js';
import type { Filter, Ordering, Subject } from '../filter.types.js';
import { syntaxError } from './expectations.js';
import { FilterBuilder } from './filter-builder.js';
import { Grammar } from './grammar.js';
import { Source, type Origin } from './source.js';
import { checkText } from './text.js';
import { lexer } from './tokens.js';

// Building it analyses the grammar; parsing is synchronous, so one serves all.
const grammar = new Grammar();

/**
 * Reads a filter.
 * @param fields - what it may name
 * @throws CodedError `INVALID_FILTER`: what was expected, where, and what was found
 */
export function parseFilter(text: string, fields: Fields): Filter {
  const source = new Source(text, { path: 'where', code: 'INVALID_FILTER' });
  return parse(grammar.filter, source, new FilterBuilder(source, fields));
}

export interface SubjectOptions extends Partial<Origin> {
  /** The document in which all keys of the path are: `evaluations` makes `"F1 score"` mean `evaluations."F1 score"`. */
  readonly below?: string;
}

/**
 * Reads one path, of a column or of a key in a document.
 * @throws CodedError `INVALID_SUBJECT`, unless the options give another code
 */
export function parseSubject(text: string, fields: Fields, options: SubjectOptions = {}): Subject {
  const { path = 'subject', code = 'INVALID_SUBJECT', below } = options;
  const source = new Source(text, { path, code });
  const rule = below === undefined ? grammar.subject : grammar.below;
  return parse(rule, source, new FilterBuilder(source, fields, below));
}

/**
 * Reads `<path>`, `<path> ASC` or `<path> DESC`.
 * @throws CodedError `INVALID_ORDER`, unless the options give another code
 */
export function parseOrdering(
  text: string,
  fields: Fields,
  { path = 'order_by', code = 'INVALID_ORDER' }: Partial<Origin> = {},
): Ordering {
  const source = new Source(text, { path, code });
  return parse(grammar.ordering, source, new FilterBuilder(source, fields));
}

function parse<T>(rule: ParserMethod<[], T>, source: Source, builder: FilterBuilder): T {
  checkText(source);
  const { tokens } = lexer.tokenize(source.text);
  grammar.input = tokens;
  grammar.builder = builder;
  const result = rule.call(grammar);
  const [error] = grammar.errors;
  if (error) throw syntaxError(error, tokens, source);
  return result;
}
