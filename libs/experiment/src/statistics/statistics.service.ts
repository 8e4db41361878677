import { Injectable } from '@nestjs/common';
import { Reads, type Statement } from '#database';
import type { Access } from '#http';
import { modelNotFound } from '#model';
import { projectNotFound } from '#project';
import { KEYS } from './keys.sql.js';
import { SUMMARY_OF_MODEL, SUMMARY_OF_PROJECT } from './summary.sql.js';
import type {
  ExaminedModel,
  Extremes,
  KeyedPart,
  KnownKey,
  ModelKeys,
  Summary,
  Totals,
} from './statistics.types.js';

/** All columns are null in the one row that tells there are none. */
type OrNone<Columns> = Columns | { readonly [Column in keyof Columns]: null };

type KeyRow = ExaminedModel & OrNone<KnownKey & { part: KeyedPart; truncated: boolean }>;
type SummaryRow = Totals & { readonly truncated: boolean } & OrNone<Extremes>;

/** What projects and models hold, in numbers; each answer is one statement. */
@Injectable()
export class StatisticsService {
  constructor(private readonly reads: Reads) {}

  /**
   * Which keys the newest experiments of a model have, and what they hold.
   * @throws CodedError `MODEL_NOT_FOUND`
   */
  async keysOfModel(modelId: string, access: Access): Promise<ModelKeys> {
    const rows = await this.query<KeyRow>(KEYS, modelId, access);
    const [model] = rows;
    if (!model || !access.has('viewer', model.project_id)) throw modelNotFound();
    const keys: Record<KeyedPart, KnownKey[]> = { parameters: [], evaluations: [], tags: [] };
    for (const row of rows) if (row.part !== null) keys[row.part].push(row);
    return { model, keys, truncated: rows.some(({ truncated }) => truncated) };
  }

  /** @throws CodedError `PROJECT_NOT_FOUND` */
  async summaryOfProject(projectId: string, access: Access): Promise<Summary> {
    if (!access.has('viewer', projectId)) throw projectNotFound();
    const summary = await this.summary(SUMMARY_OF_PROJECT, projectId, access);
    if (!summary) throw projectNotFound();
    return summary;
  }

  /** @throws CodedError `MODEL_NOT_FOUND` */
  async summaryOfModel(modelId: string, access: Access): Promise<Summary> {
    const summary = await this.summary(SUMMARY_OF_MODEL, modelId, access);
    if (!summary || !access.has('viewer', summary.totals.project_id)) throw modelNotFound();
    return summary;
  }

  private async summary(
    statement: Statement,
    id: string,
    access: Access,
  ): Promise<Summary | undefined> {
    const rows = await this.query<SummaryRow>(statement, id, access);
    const [totals] = rows;
    const evaluations = rows.filter((row) => row.key !== null);
    return totals && { totals, evaluations, truncated: totals.truncated };
  }

  private query<Row extends object>(
    statement: Statement,
    id: string,
    access: Access,
  ): Promise<Row[]> {
    return this.reads.ask(
      access.fresh,
      ({ searches }) => searches.query<Row>(statement, [id]),
      (rows) => rows.length > 0,
    );
  }
}
