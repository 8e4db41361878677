import { originValue } from '#audit';
import type { Database, Value } from '#database';
import { COMMAND_LINE } from '../origin.js';
import * as sql from './purge.sql.js';

/** What was deleted for good, or would be. */
export interface Purged {
  projects: number;
  models: number;
  experiments: number;
  points: number;
}

export interface PurgeOptions {
  /** For how long a record has to have been deleted, in seconds. */
  readonly olderThan: number;
  /** Is told after each batch what was deleted so far. */
  readonly onProgress?: (purged: Purged) => void;
  /** Ends it between two batches. */
  readonly signal?: AbortSignal;
}

interface Batch {
  readonly experiments: string;
  readonly last: string | null;
  readonly points: string;
}

const ORIGIN = originValue(COMMAND_LINE);

/** Counts what {@link Purge} would delete. */
export async function countPurge(database: Database, olderThan: number): Promise<Purged> {
  const row = await database.find<Record<keyof Purged, string>>(sql.COUNT, [String(olderThan)]);
  const { projects, models, experiments, points } = row ?? {};
  return {
    projects: Number(projects),
    models: Number(models),
    experiments: Number(experiments),
    points: Number(points),
  };
}

/**
 * Deletes for good what was deleted long enough ago, with all below it, a batch of experiments a transaction. While it works
 * below a deleted project or model, a lock keeps that from being restored: whoever tries waits, and finds nothing.
 */
export class Purge {
  private readonly purged: Purged = { projects: 0, models: 0, experiments: 0, points: 0 };
  private readonly age: string;

  /** @param database - with two connections, and without a limit of time: a batch may have many points */
  constructor(
    private readonly database: Database,
    private readonly options: PurgeOptions,
  ) {
    this.age = String(options.olderThan);
  }

  /** @throws CodedError when the database is away; the signal's reason when that is aborted */
  async run(): Promise<Purged> {
    await this.oldRecords('project', (id) => this.project(id));
    await this.oldRecords('model', (id) => this.model(id));
    let batch: Batch | undefined;
    do batch = await this.batch(sql.OLD_EXPERIMENTS, batch?.last ?? '');
    while (batch.last !== null);
    return this.purged;
  }

  private async oldRecords(
    type: 'project' | 'model',
    purge: (id: string) => Promise<void>,
  ): Promise<void> {
    for (let after = ''; ;) {
      const next = await this.database.find<{ id: string }>(sql.NEXT[type], [this.age, after]);
      if (!next) return;
      await purge(next.id);
      after = next.id;
    }
  }

  private async project(id: string): Promise<void> {
    const held = await this.database.holding(sql.HOLD.project, sql.PROJECT, this.values(id), () =>
      this.modelsOf(id),
    );
    if (held) this.count({ projects: 1 });
  }

  /** Nobody adds to a deleted project, and none of its models is restored before it. */
  private async modelsOf(projectId: string): Promise<void> {
    for (;;) {
      const next = await this.database.find<{ id: string }>(sql.NEXT_MODEL_OF_PROJECT, [projectId]);
      if (!next) return;
      await this.experimentsOf(next.id);
      await this.database.query(sql.MODEL, this.values(next.id));
      this.count({ models: 1 });
    }
  }

  private async model(id: string): Promise<void> {
    const held = await this.database.holding(sql.HOLD.model, sql.MODEL, this.values(id), () =>
      this.experimentsOf(id),
    );
    if (held) this.count({ models: 1 });
  }

  private async experimentsOf(modelId: string): Promise<void> {
    let batch: Batch;
    do batch = await this.batch(sql.EXPERIMENTS_OF_MODEL, modelId);
    while (batch.last !== null);
  }

  private async batch(statement: typeof sql.OLD_EXPERIMENTS, which: string): Promise<Batch> {
    this.options.signal?.throwIfAborted();
    const batch = await this.database.find<Batch>(statement, this.values(which));
    const { experiments = '0', points = '0', last = null } = batch ?? {};
    this.count({ experiments: Number(experiments), points: Number(points) });
    return { experiments, points, last };
  }

  private values(id: string): Value[] {
    return [this.age, id, ORIGIN];
  }

  private count(more: Partial<Purged>): void {
    for (const [kind, amount] of Object.entries(more)) {
      this.purged[kind as keyof Purged] += amount;
    }
    this.options.onProgress?.({ ...this.purged });
  }
}
