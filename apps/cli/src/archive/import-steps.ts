import { VerificationService, type VerificationReport } from '#audit';
import { onConnection } from '#database';
import { StartupError } from '#errors';
import { fillIndex } from '#experiment';
import type { Client } from 'pg';
import { bringBack, setAside } from '../set-aside.js';
import { ArchiveError } from './archive-error.js';
import type { ArchivedPart } from './archive-parts.js';
import { BEGIN_IMPORT, restoreIdentity } from './archive.sql.js';
import { ASIDE } from './aside.js';
import { loadTable } from './load-table.js';
import { refusal } from './refusal.js';
import type { StoredArchive } from './stored-archive.js';
import { contentOf } from './table-content.js';
import { ARCHIVED, COUNTED } from './tables.js';

const TABLES = ARCHIVED.map(({ table }) => table);

/** What an import does, in this order. */
export type Step = 'load' | 'index' | 'compare' | 'audit';

export interface ImportOptions {
  /** Does everything, and undoes it. */
  readonly isDry?: boolean;
  /** Imports what was exported although its audit is not what was sealed. */
  readonly isAuditAsItIs?: boolean;
  /** Is told how many rows of a table a step is done with. */
  readonly onProgress?: (step: Step, what: string, done: number, total: number) => void;
  /** Ends it; nothing is imported then. */
  readonly signal?: AbortSignal;
}

/** What an import does within its transaction, which it leaves open. */
export class ImportSteps {
  constructor(
    private readonly client: Client,
    private readonly archive: StoredArchive,
    private readonly options: ImportOptions,
  ) {}

  async run(): Promise<VerificationReport> {
    await this.client.query(BEGIN_IMPORT);
    await this.requireEmpty();
    await this.client.query(`LOCK TABLE ${TABLES.join(', ')} IN ACCESS EXCLUSIVE MODE`);
    await this.requireEmpty();
    await setAside(this.client, ASIDE);
    for (const part of this.archive.parts) await this.load(part);
    await this.index();
    for (const part of this.archive.parts) await this.compare(part);
    const report = await this.verifyAudit();
    // What a sequence is set to is not undone.
    if (!this.options.isDry) await this.restoreIdentities();
    return report;
  }

  /** Asked before the lock as well: who has mistaken the database should keep nobody waiting. */
  private async requireEmpty(): Promise<void> {
    for (const table of TABLES) {
      const { rowCount } = await this.client.query(`SELECT FROM ${table} LIMIT 1`);
      if (rowCount === 0) continue;
      throw new StartupError(
        `The database is not empty: ${table} has rows. An archive is imported into a new database, after modeldb migrate up.`,
      );
    }
  }

  private async index(): Promise<void> {
    // What is read next was empty a moment ago, as far as the planner knows.
    await this.client.query(`ANALYZE ${TABLES.join(', ')}`);
    this.tell('index', 'numbers', 0, 1);
    await fillIndex(onConnection(this.client));
    await bringBack(this.client, ASIDE, (name, done) => {
      this.tell('index', name, done, ASIDE.length);
    }).catch((error: unknown) => {
      throw refusal(error, (error as { table?: string }).table ?? 'a table');
    });
    await this.client.query('ANALYZE experiment_evaluations');
  }

  private async load(part: ArchivedPart): Promise<void> {
    await loadTable(this.client, part, this.archive.read(part), (rows) => {
      this.tell('load', part.table.table, rows, part.file.rows);
    });
  }

  private async compare({ table, file }: ArchivedPart): Promise<void> {
    const { sha256 } = await contentOf(this.client, table, (rows) => {
      this.tell('compare', table.table, rows, file.rows);
    });
    if (sha256 === file.sha256) return;
    throw new ArchiveError(
      'ARCHIVE_NOT_EQUAL',
      `${file.file} has something that an export does not write: what was read from it is not what stands in it.`,
    );
  }

  private async verifyAudit(): Promise<VerificationReport> {
    const report = await new VerificationService(onConnection(this.client)).run({
      onProgress: ({ events, unsealed_events: unsealed }) => {
        this.tell('audit', 'events', events + unsealed, events + unsealed);
      },
    });
    if (!report.finding || this.options.isAuditAsItIs) return report;
    const { damage, seal_id: sealId, event_id: eventId } = report.finding;
    throw new ArchiveError(
      'ARCHIVE_AUDIT',
      `The audit is not what was sealed (${damage}, seal ${sealId ?? '-'}, event ${eventId ?? '-'}). If it was so where the archive was made: --audit-as-it-is imports it.`,
    );
  }

  private async restoreIdentities(): Promise<void> {
    const { next_identities: next } = this.archive.manifest;
    for (const table of COUNTED) {
      await this.client.query(restoreIdentity(table), [next[table.table]]);
    }
  }

  private tell(...progress: Parameters<NonNullable<ImportOptions['onProgress']>>): void {
    this.options.onProgress?.(...progress);
  }
}
