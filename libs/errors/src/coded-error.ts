/** What went wrong, independent of any protocol; `libs/http` turns it into a status. */
export type ErrorKind =
  | 'malformed'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'method_not_allowed'
  | 'conflict'
  | 'precondition_failed'
  | 'too_large'
  | 'unsupported_media_type'
  | 'range_not_satisfiable'
  | 'invalid'
  | 'too_many'
  | 'unavailable'
  | 'internal';

/** One wrong value: where it stands (`parameters.optimizer.name`) and what is wrong with it. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

export interface CodedErrorOptions {
  readonly kind: ErrorKind;
  /** Stable and for machines: `PROJECT_NOT_FOUND`. */
  readonly code: string;
  /** For people: what happened and, where it helps, how to resolve it. Never holds secrets or SQL. */
  readonly detail: string;
  readonly fields?: readonly FieldError[];
  /** Seconds after which trying again is worthwhile. */
  readonly retryAfter?: number;
  /** The tag of the state that the record is in, where that is what went wrong. */
  readonly tag?: string;
  readonly cause?: unknown;
  /** It was logged where it was noticed, once for all who are told. */
  readonly isLogged?: boolean;
}

/** An error that a client may see: everything in it is meant for the outside, except `cause`. */
export class CodedError extends Error {
  override readonly name = 'CodedError';
  readonly kind: ErrorKind;
  readonly code: string;
  readonly fields: readonly FieldError[];
  readonly retryAfter: number | undefined;
  readonly tag: string | undefined;
  readonly isLogged: boolean;

  constructor(options: CodedErrorOptions) {
    super(options.detail, { cause: options.cause });
    this.kind = options.kind;
    this.code = options.code;
    this.fields = options.fields ?? [];
    this.retryAfter = options.retryAfter;
    this.tag = options.tag;
    this.isLogged = options.isLogged ?? false;
  }
}
