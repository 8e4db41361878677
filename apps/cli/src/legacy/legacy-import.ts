import { originValue } from '#audit';
import type { Database } from '#database';
import { COMMAND_LINE } from '../origin.js';
import { Batch } from './batches.js';
import type { Defect } from './defects.js';
import { importStatement, PLAN } from './import.sql.js';
import { RowJudge, type JudgedRow } from './judge-rows.js';
import { Lanes } from './lanes.js';
import { KINDS, type Kind, type LegacyRow } from './legacy-rows.js';
import type { LegacySource } from './legacy-source.js';
import { refusalOf } from './refusal.js';
import { sentRows } from './sent-rows.js';

/** So many batches are written at a time, each on a connection of its own. */
export const LANES = 4;

/** What became of the rows of one table. */
export interface Counts {
  read: number;
  imported: number;
  /** Of those imported: with a change that was reported. */
  changed: number;
  /** Imported before. */
  present: number;
  left_out: number;
}

export type Summary = Readonly<Record<Kind, Counts>>;

export interface ImportOptions {
  /** Finds out what would happen, and writes nothing. */
  readonly dryRun: boolean;
  /** Imports what can be imported with a change, too. */
  readonly mend: boolean;
  readonly onDefect: (defect: Defect) => void;
  /** Is told after each batch how many rows of the kind were read. */
  readonly onProgress?: (kind: Kind, read: number) => void;
  /** Ends the import between two batches. */
  readonly signal?: AbortSignal;
}

/** What the database says of a row that is not simply new. */
interface Verdict {
  readonly position: string;
  readonly verdict: 'present' | 'taken' | 'collision';
}

/**
 * Moves the records of the old service into the database, a batch of rows a statement: what is done stays done, and a row
 * that is there already is passed over, so that an import that was cut off is simply run again.
 */
export class LegacyImport {
  private readonly judge: RowJudge;
  private readonly summary: Summary = { project: none(), model: none(), experiment: none() };

  constructor(
    private readonly database: Database,
    private readonly source: LegacySource,
    private readonly options: ImportOptions,
  ) {
    this.judge = new RowJudge(options.mend);
  }

  /** @throws CodedError when the database is away; the signal's reason when that is aborted */
  async run(): Promise<Summary> {
    if (this.options.dryRun) for (const table of PLAN) await this.database.query(table, []);
    for (const kind of KINDS) await this.importKind(kind);
    return this.summary;
  }

  private async importKind(kind: Kind): Promise<void> {
    // Names are given away in the order of the rows; experiments have none that could collide.
    const isParallel = kind === 'experiment' && !this.options.dryRun;
    const lanes = new Lanes(isParallel ? LANES : 1);
    try {
      for await (const batch of this.batches(kind)) {
        await lanes.add(() => this.write(kind, batch));
      }
    } finally {
      await lanes.end();
    }
  }

  private async *batches(kind: Kind): AsyncGenerator<JudgedRow[], void, void> {
    const batch = new Batch<JudgedRow>();
    for await (const row of this.source.rows(kind)) {
      this.summary[kind].read += 1;
      const judged = this.judge.judge(kind, row);
      if (Array.isArray(judged)) this.leaveOut(kind, judged);
      else if (batch.add(judged, lengthOf(judged.row))) yield batch.take();
    }
    yield batch.take();
  }

  private async write(kind: Kind, rows: readonly JudgedRow[]): Promise<void> {
    this.options.signal?.throwIfAborted();
    await this.send(kind, rows);
    this.options.onProgress?.(kind, this.summary[kind].read);
  }

  /** All rows; or, when one of them is refused, each half by itself, until that one is found. */
  private async send(kind: Kind, rows: readonly JudgedRow[]): Promise<void> {
    const [first] = rows;
    if (!first) return;
    const { dryRun, mend } = this.options;
    const values = [...sentRows(kind, rows, mend), ...(dryRun ? [] : [originValue(COMMAND_LINE)])];
    let verdicts: Verdict[];
    try {
      verdicts = await this.database.query<Verdict>(importStatement(kind, dryRun), values);
    } catch (error) {
      const detail = refusalOf(error);
      if (rows.length === 1) {
        this.leaveOut(kind, [
          { kind, id: first.id, problem: 'not_storable', detail, imported: false },
        ]);
        return;
      }
      const half = Math.ceil(rows.length / 2);
      await this.send(kind, rows.slice(0, half));
      await this.send(kind, rows.slice(half));
      return;
    }
    this.settle(kind, rows, verdicts);
  }

  private settle(kind: Kind, rows: readonly JudgedRow[], verdicts: readonly Verdict[]): void {
    const byPosition = new Map(
      verdicts.map(({ position, verdict }) => [Number(position), verdict]),
    );
    for (const [position, row] of rows.entries()) {
      this.settleRow(kind, row, byPosition.get(position));
    }
  }

  private settleRow(kind: Kind, row: JudgedRow, verdict: Verdict['verdict'] | undefined): void {
    const counts = this.summary[kind];
    const { id } = row;
    if (verdict === 'present') counts.present += 1;
    else if (verdict === 'taken') {
      const detail = `another ${kind} has this id here`;
      this.leaveOut(kind, [{ kind, id, problem: 'duplicate_id', detail, imported: false }]);
      return;
    } else {
      const collision = verdict === 'collision' ? [this.collision(kind, row)] : [];
      if (collision.some(({ imported }) => !imported)) {
        this.leaveOut(kind, collision);
        return;
      }
      const changes = [...row.mended, ...collision];
      counts.imported += 1;
      if (changes.length > 0) counts.changed += 1;
      for (const change of changes) this.options.onDefect(change);
    }
    this.judge.accept(kind, row);
  }

  private collision(kind: Kind, { id, row }: JudgedRow): Defect {
    const { mend } = this.options;
    const place = kind === 'model' ? 'the project has another model' : 'there is another project';
    const detail = `${place} called ${JSON.stringify(row[`${kind}_name`])}`;
    const end = mend ? `; it is imported with "(${id})" behind its name` : '';
    return { kind, id, problem: 'name_collision', detail: detail + end, imported: mend };
  }

  private leaveOut(kind: Kind, defects: readonly Defect[]): void {
    this.summary[kind].left_out += 1;
    for (const defect of defects) this.options.onDefect({ ...defect, imported: false });
  }
}

function none(): Counts {
  return { read: 0, imported: 0, changed: 0, present: 0, left_out: 0 };
}

function lengthOf(row: LegacyRow): number {
  return Object.values(row).reduce((sum, value) => sum + (value?.length ?? 0), 0);
}
