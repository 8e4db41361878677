import { writeEvents, type EventSource } from '#audit';
import { statement, type Statement, type Violations } from '#database';
import { keyInUse } from '#errors';

/** A write, in parts, so that its answer can be remembered by the statement that does it. */
export interface WriteParts {
  /** `WITH` items, data-modifying ones too. */
  readonly with?: readonly string[];
  /** The query whose rows are the answer. */
  readonly answer: string;
  /** The rows of the answer, as they are brought back: a row type, and its columns that are answered. */
  readonly rows: { readonly type: string; readonly columns: (alias: string) => string };
  /** SQL about the rows of `answer`: that they are a success, and nothing that is to be tried again. */
  readonly succeeded?: string;
  /** What is written down of what it changes. */
  readonly audit: readonly EventSource[];
}

/** A statement that writes, in the two ways it may be asked to, and how its answer is remembered. */
export interface WriteStatement {
  /** Its last value is where the request comes from, as `originValue` has it. */
  readonly plain: Statement;
  /** The same for a request with a key: writes only if the key is new. Two more values are the key and the fingerprint. */
  readonly keyed: Statement;
  /** Reads the rows that were answered under the key `$1`. */
  readonly remembered: Statement;
}

/** A row of a keyed statement. */
export interface KeyedRow {
  /** Whether the answer was remembered: only a success is. */
  readonly is_remembered: boolean;
}

/** A row of a remembered answer: the fingerprint of the request that it was given to. */
export interface RememberedRow {
  readonly key_fingerprint: string;
}

/** Declares a write: see {@link WriteParts}. The values are those of all parts together, `$1` first. */
export function writeStatement(
  name: string,
  { with: parts = [], answer, rows, succeeded = 'true', audit }: WriteParts,
  violations: Violations = {},
): WriteStatement {
  const text = [
    ...parts,
    answer,
    ...audit.flatMap((source) => Object.values<string>({ ...source })),
  ].join();
  const next = parametersAfter(text);
  const origin = next();
  const items = [
    ...parts,
    ...audit.map((source, index) => `audited_${String(index)} AS (${writeEvents(origin, source)})`),
  ];
  const [key, fingerprint] = [next(), next()];
  // The key comes last: whoever waits for it has no other work to wait for, and all of it is undone if the key is taken.
  const keyed = [
    ...items,
    `answer AS (${answer})`,
    `remembered AS (
      INSERT INTO idempotency_keys (key, fingerprint, answer)
      SELECT ${key}::text, ${fingerprint}::text, jsonb_agg(to_jsonb(answer)) FROM answer
      HAVING bool_and(${succeeded})
      RETURNING true)`,
  ];
  return {
    plain: statement(name, `WITH ${items.join(', ')} ${answer}`, violations),
    keyed: statement(
      `${name}.keyed`,
      `WITH ${keyed.join(', ')}
       SELECT answer.*, EXISTS (SELECT FROM remembered) AS is_remembered FROM answer`,
      { ...violations, pk_idempotency_keys: keyInUse },
    ),
    remembered: statement(
      `${name}.remembered`,
      `SELECT k.fingerprint AS key_fingerprint, ${rows.columns('r')}
       FROM idempotency_keys k
       LEFT JOIN LATERAL jsonb_populate_recordset(null::${rows.type}, k.answer) WITH ORDINALITY r ON true
       WHERE k.key = $1
       ORDER BY r.ordinality`,
    ),
  };
}

/** Gives out the parameters that a text does not have yet. */
function parametersAfter(text: string): () => string {
  let count = Math.max(0, ...[...text.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number)));
  return () => `$${String((count += 1))}`;
}
