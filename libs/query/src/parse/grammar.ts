import { EmbeddedActionsParser, EOF, type IToken, type ParserMethod } from 'chevrotain';
import type { Filter, Ordering, Subject } from '../filter.types.js';
import type { FilterBuilder } from './filter-builder.js';
import type { Path } from './subject-reader.js';
import { expectations } from './expectations.js';
import * as t from './tokens.js';

const A_CONDITION = 'a field, NOT or "("';
const AN_OPERATOR = 'an operator (=, !=, <, <=, >, >=, IN, BETWEEN, LIKE, ILIKE, NOT or IS)';

/** The grammar of `docs/query-language.md`. Each rule hands what it has found to the builder, which checks it. */
export class Grammar extends EmbeddedActionsParser {
  /** Of the text that is being parsed. */
  builder!: FilterBuilder;

  constructor() {
    super(t.tokens, { maxLookahead: 1, errorMessageProvider: expectations });
    this.performSelfAnalysis();
  }

  readonly filter: ParserMethod<[], Filter> = this.RULE('filter', () => {
    const filter = this.SUBRULE(this.disjunction);
    this.CONSUME(EOF, { ERR_MSG: 'AND, OR or the end' });
    return filter;
  });

  /** A path that starts with a field, or just the field. */
  readonly subject: ParserMethod<[], Subject> = this.RULE('subject', () => {
    const path = this.SUBRULE(this.path);
    this.CONSUME(EOF, { ERR_MSG: '"." and a key, or the end' });
    return this.ACTION(() => this.builder.named(path));
  });

  /** A path of which every key is below a field that the builder knows. */
  readonly below: ParserMethod<[], Subject> = this.RULE('below', () => {
    const keys = this.SUBRULE(this.keys);
    this.CONSUME(EOF, { ERR_MSG: '"." and a key, or the end' });
    return this.ACTION(() => this.builder.ordered(keys));
  });

  readonly ordering: ParserMethod<[], Ordering> = this.RULE('ordering', () => {
    const path = this.SUBRULE(this.path);
    const descending = this.OPTION(() =>
      this.OR([{ ALT: () => Boolean(this.CONSUME(t.Desc)) }, { ALT: () => !this.CONSUME(t.Asc) }]),
    );
    this.CONSUME(EOF, {
      ERR_MSG: descending === undefined ? 'ASC, DESC or the end' : 'the end',
    });
    const subject = this.ACTION(() => this.builder.ordered(path));
    return { subject, descending: descending ?? false };
  });

  private readonly disjunction: ParserMethod<[], Filter> = this.RULE('disjunction', () => {
    const terms: [Filter, ...Filter[]] = [this.SUBRULE(this.conjunction)];
    this.MANY(() => {
      this.CONSUME(t.Or);
      terms.push(this.SUBRULE2(this.conjunction));
    });
    return joined('or', terms);
  });

  private readonly conjunction: ParserMethod<[], Filter> = this.RULE('conjunction', () => {
    const terms: [Filter, ...Filter[]] = [this.SUBRULE(this.term)];
    this.MANY(() => {
      this.CONSUME(t.And);
      terms.push(this.SUBRULE2(this.term));
    });
    return joined('and', terms);
  });

  private readonly term: ParserMethod<[], Filter> = this.RULE('term', () =>
    this.OR({
      DEF: [
        {
          ALT: () => {
            const not = this.CONSUME(t.Not);
            this.ACTION(() => this.builder.enter(not));
            const term = this.SUBRULE(this.term);
            this.ACTION(() => this.builder.leave());
            return negated(not, term);
          },
        },
        {
          ALT: () => {
            const open = this.CONSUME(t.Open);
            this.ACTION(() => this.builder.enter(open));
            const filter = this.SUBRULE(this.disjunction);
            this.CONSUME(t.Close, { ERR_MSG: 'AND, OR or ")"' });
            this.ACTION(() => this.builder.leave());
            return filter;
          },
        },
        { ALT: () => this.SUBRULE(this.condition) },
      ],
      ERR_MSG: A_CONDITION,
    }),
  );

  private readonly condition: ParserMethod<[], Filter> = this.RULE('condition', () => {
    const path = this.SUBRULE(this.path);
    const subject = this.ACTION(() => this.builder.subject(path));
    return this.OR({
      DEF: [
        {
          ALT: () => {
            const operator = this.CONSUME(t.Comparator);
            const value = this.CONSUME(t.Value);
            return this.ACTION(() => this.builder.compare(subject, operator, value));
          },
        },
        {
          ALT: () => {
            this.CONSUME(t.Is);
            const not = this.OPTION(() => this.CONSUME(t.Not));
            this.CONSUME(t.Null, { ERR_MSG: not ? 'NULL' : 'NULL or NOT NULL' });
            return negated(not, { kind: 'null', subject });
          },
        },
        {
          ALT: () => {
            const not = this.OPTION2(() => this.CONSUME2(t.Not));
            return negated(not, this.SUBRULE(this.match, { ARGS: [subject] }));
          },
        },
      ],
      ERR_MSG: AN_OPERATOR,
    });
  });

  /** What may follow a NOT behind the subject. */
  private readonly match: ParserMethod<[Subject], Filter> = this.RULE('match', (subject: Subject) =>
    this.OR({
      DEF: [
        {
          ALT: () => {
            const operator = this.CONSUME(t.In);
            const values = this.SUBRULE(this.list);
            return this.ACTION(() => this.builder.in(subject, operator, values));
          },
        },
        {
          ALT: () => {
            const operator = this.CONSUME(t.Between);
            const from = this.CONSUME(t.Value);
            this.CONSUME(t.And);
            const to = this.CONSUME2(t.Value);
            return this.ACTION(() => this.builder.between(subject, operator, from, to));
          },
        },
        {
          ALT: () => {
            const operator = this.OR2([
              { ALT: () => this.CONSUME(t.Like) },
              { ALT: () => this.CONSUME(t.ILike) },
            ]);
            const pattern = this.CONSUME(t.Text, { ERR_MSG: 'a pattern in single quotes' });
            return this.ACTION(() => this.builder.like(subject, operator, pattern));
          },
        },
      ],
      ERR_MSG: 'IN, BETWEEN, LIKE or ILIKE',
    }),
  );

  private readonly list: ParserMethod<[], IToken[]> = this.RULE('list', () => {
    this.CONSUME(t.Open);
    const values = [this.CONSUME(t.Value)];
    this.MANY(() => {
      this.CONSUME(t.Comma);
      values.push(this.CONSUME2(t.Value));
    });
    this.CONSUME(t.Close, { ERR_MSG: '"," or ")"' });
    return values;
  });

  private readonly path: ParserMethod<[], Path> = this.RULE('path', () => {
    const keys: [IToken, ...IToken[]] = [
      this.OR({
        DEF: [{ ALT: () => this.CONSUME(t.Word) }, { ALT: () => this.CONSUME(t.QuotedKey) }],
        ERR_MSG: 'a field',
      }),
    ];
    this.MANY(() => {
      this.CONSUME(t.Dot);
      keys.push(this.SUBRULE(this.key));
    });
    return keys;
  });

  private readonly keys: ParserMethod<[], Path> = this.RULE('keys', () => {
    const keys: [IToken, ...IToken[]] = [this.SUBRULE(this.key)];
    this.MANY(() => {
      this.CONSUME(t.Dot);
      keys.push(this.SUBRULE2(this.key));
    });
    return keys;
  });

  private readonly key: ParserMethod<[], IToken> = this.RULE('key', () =>
    this.OR({
      DEF: [{ ALT: () => this.CONSUME(t.AnyWord) }, { ALT: () => this.CONSUME(t.QuotedKey) }],
      ERR_MSG: 'a key',
    }),
  );
}

function joined(kind: 'and' | 'or', terms: [Filter, ...Filter[]]): Filter {
  return terms.length === 1 ? terms[0] : { kind, terms };
}

function negated(not: IToken | undefined, term: Filter): Filter {
  return not ? { kind: 'not', term } : term;
}
