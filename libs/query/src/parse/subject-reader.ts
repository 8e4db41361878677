import { tokenMatcher, type IToken } from 'chevrotain';
import { findField, type Fields } from '../fields.js';
import type { Subject } from '../filter.types.js';
import { queryLimits } from '../limits.js';
import { nearest } from './nearest.js';
import { show, unquote } from './show.js';
import type { Source } from './source.js';
import { QuotedKey } from './tokens.js';

/** The tokens of the keys of a path. */
export type Path = readonly [IToken, ...IToken[]];

/** Reads the paths of one text and checks them against the fields that there are. */
export class SubjectReader {
  constructor(
    private readonly source: Source,
    private readonly fields: Fields,
    private readonly below: string | undefined,
  ) {}

  /** @throws CodedError when there is no such field, or keys below a plain column */
  read(tokens: Path): Subject {
    const [first, ...others] = tokens;
    const [second] = others;
    const keys = others.map(keyOf);
    const path: Subject['path'] =
      this.below === undefined ? [keyOf(first), ...keys] : [this.below, keyOf(first), ...keys];
    const [name] = path;
    const field = findField(this.fields, name);
    if (!field) throw this.unknown(first, name);
    if (second && field.type !== 'document') throw this.plain(second, name);
    const surplus = tokens[queryLimits.pathKeys];
    if (surplus) throw this.tooLong(surplus);
    this.checkMembers(path, tokens);
    return { path, ...this.source.place(first.startOffset) };
  }

  /**
   * A whole document cannot be compared or ordered by.
   * @param at - the token that shows that it is
   */
  refuseDocument(subject: Subject, at: IToken): void {
    const [name, ...keys] = subject.path;
    const field = findField(this.fields, name);
    if (keys.length > 0 || field?.type !== 'document') return;
    throw this.source.error({
      expected: `a key below ${name}`,
      offset: at.startOffset,
      but: `found ${show(at)}`,
      hint: `name a key, as in ${name}.${field.example ?? 'some_key'}`,
    });
  }

  /** Fields that name their members themselves. */
  private checkMembers([name, ...keys]: Subject['path'], tokens: Path): void {
    const field = findField(this.fields, name);
    if (field?.type !== 'document' || !field.members || keys.length === 0) return;
    const expected = field.members.expected(keys);
    const last = tokens.at(-1);
    if (expected === undefined || !last) return;
    throw this.source.error({
      expected,
      offset: last.startOffset,
      but: `found ${show(last)}`,
      hint: field.example && `as in ${name}.${field.example}`,
    });
  }

  private unknown(token: IToken, name: string): Error {
    const names = Object.keys(this.fields);
    const meant = nearest(name, names);
    return this.source.error({
      expected: `one of the fields ${names.join(', ')}`,
      offset: token.startOffset,
      but: `found ${show(token)}`,
      hint: meant && `did you mean ${meant}?`,
    });
  }

  private plain(token: IToken, name: string): Error {
    return this.source.error({
      expected: `no key below ${name}`,
      offset: token.startOffset,
      but: `found ${show(token)}`,
      hint: `${name} is one value, not a document`,
    });
  }

  private tooLong(token: IToken): Error {
    return this.source.error({
      expected: `at most ${String(queryLimits.pathKeys)} keys in a path`,
      offset: token.startOffset,
      but: 'found one more',
    });
  }
}

function keyOf(token: IToken): string {
  return tokenMatcher(token, QuotedKey) ? unquote(token.image) : token.image;
}
