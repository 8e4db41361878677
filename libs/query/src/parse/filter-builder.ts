import type { IToken } from 'chevrotain';
import { findField, type Field, type Fields } from '../fields.js';
import type { Condition, Literal, Operator, Subject } from '../filter.types.js';
import { queryLimits } from '../limits.js';
import { readLiteral, readTimeLiteral } from './literal.js';
import { show, unquote } from './show.js';
import type { Source } from './source.js';
import { SubjectReader, type Path } from './subject-reader.js';

/** Makes the tree of one text and checks what a grammar cannot: fields, types, limits. Errors come in reading order. */
export class FilterBuilder {
  private readonly subjects: SubjectReader;
  private depth = 0;
  private conditions = 0;
  private listValues = 0;

  /** @param below - the field that paths start below, where they do not name it themselves */
  constructor(
    private readonly source: Source,
    private readonly fields: Fields,
    below?: string,
  ) {
    this.subjects = new SubjectReader(source, fields, below);
  }

  /** Goes one level deeper, into parentheses or behind a NOT. */
  enter(token: IToken): void {
    this.depth += 1;
    this.limit(this.depth, queryLimits.depth, 'levels of parentheses and NOT', token);
  }

  leave(): void {
    this.depth -= 1;
  }

  /** The subject of a condition. */
  subject(path: Path): Subject {
    this.conditions += 1;
    this.limit(this.conditions, queryLimits.conditions, 'conditions', path[0]);
    return this.subjects.read(path);
  }

  /** A subject that is only named: it may be a whole document. */
  named(path: Path): Subject {
    return this.subjects.read(path);
  }

  /** A subject to order by: like one that is compared. */
  ordered(path: Path): Subject {
    const subject = this.subjects.read(path);
    this.subjects.refuseDocument(subject, path[0]);
    return subject;
  }

  compare(subject: Subject, token: IToken, valueToken: IToken): Condition {
    const value = this.value(subject, token, valueToken);
    const operator = (token.image === '<>' ? '!=' : token.image) as Operator;
    if (operator !== '=' && operator !== '!=') this.refuseBoolean(value, token, valueToken);
    return { kind: 'compare', subject, operator, value };
  }

  in(subject: Subject, operator: IToken, tokens: readonly IToken[]): Condition {
    const first = this.listValues;
    this.listValues += tokens.length;
    const surplus = tokens[queryLimits.listValues - first];
    this.limit(this.listValues, queryLimits.listValues, 'values in lists', surplus);
    const values = tokens.map((token) => this.value(subject, operator, token));
    return { kind: 'in', subject, values };
  }

  between(subject: Subject, operator: IToken, fromToken: IToken, toToken: IToken): Condition {
    const from = this.value(subject, operator, fromToken);
    this.refuseBoolean(from, operator, fromToken);
    const to = this.value(subject, operator, toToken);
    this.refuseBoolean(to, operator, toToken);
    return { kind: 'between', subject, from, to };
  }

  like(subject: Subject, operator: IToken, token: IToken): Condition {
    this.subjects.refuseDocument(subject, operator);
    const pattern = unquote(token.image);
    const [backslashes = ''] = /\\*$/.exec(pattern) ?? [];
    if (backslashes.length % 2 === 1) {
      throw this.source.error({
        expected: `a pattern after ${show(operator)}`,
        offset: token.startOffset,
        but: `found ${show(token)}`,
        hint: String.raw`the backslash at its end escapes nothing; a backslash itself is \\`,
      });
    }
    return { kind: 'like', subject, pattern, ignoreCase: operator.image.length > 'LIKE'.length };
  }

  private value(subject: Subject, operator: IToken, token: IToken): Literal {
    this.subjects.refuseDocument(subject, operator);
    const isTime = this.fieldOf(subject)?.type === 'time';
    return isTime ? readTimeLiteral(token, this.source) : readLiteral(token, this.source);
  }

  private fieldOf(subject: Subject): Field | undefined {
    return findField(this.fields, subject.path[0]);
  }

  private refuseBoolean(value: Literal, operator: IToken, token: IToken): void {
    if (value.type !== 'boolean') return;
    throw this.source.error({
      expected: `a number, a text or a time after ${show(operator)}`,
      offset: token.startOffset,
      but: `found ${show(token)}`,
      hint: 'TRUE and FALSE are compared with = and != only',
    });
  }

  private limit(count: number, most: number, what: string, token: IToken | undefined): void {
    if (count <= most) return;
    throw this.source.error({
      expected: `at most ${String(most)} ${what}`,
      offset: token?.startOffset ?? 0,
      but: 'found one more',
    });
  }
}
