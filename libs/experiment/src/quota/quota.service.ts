import { Inject, Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Database, SearchDatabase } from '#database';
import type { Access } from '#http';
import { quotaExceeded, type Limited } from './quota.errors.js';
import * as sql from './quota.sql.js';

/** How much a project may have; 0: any amount. */
export type Quotas = Readonly<Record<Limited, number>>;

export const QUOTAS = Symbol('QUOTAS');

/** How long a count is believed. What this process adds is counted along; what others add is noticed after that. */
const COUNTED_MS = 10_000;
const REMEMBERED_PROJECTS = 10_000;
const REMEMBERED_IDS = 100_000;

interface Usage {
  used: number;
}

/**
 * Keeps projects from growing beyond what they may have. A counter in the database would make the writers of a project wait
 * for one another; so each process counts now and then, and several together may exceed a quota by what they write in ten
 * seconds.
 */
@Injectable()
export class QuotaService {
  private readonly logger = new Logger(QuotaService.name);
  /** Models and experiments never go to another project. */
  private readonly projects = new LRUCache<string, string>({ max: REMEMBERED_IDS });
  private readonly usages = new LRUCache<string, Usage>({
    max: REMEMBERED_PROJECTS,
    ttl: COUNTED_MS,
    fetchMethod: (key) => this.count(key),
  });

  constructor(
    private readonly database: Database,
    private readonly searches: SearchDatabase,
    @Inject(QUOTAS) private readonly quotas: Quotas,
  ) {}

  /**
   * Takes room for experiments.
   * @param modelIds - one for each
   * @throws CodedError `QUOTA_EXCEEDED`
   */
  async takeForExperiments(modelIds: () => readonly string[], access: Access): Promise<void> {
    if (this.quotas.experiments > 0) await this.take('experiments', modelIds(), 1, access);
  }

  /** Takes room for so many points of an experiment. @throws CodedError `QUOTA_EXCEEDED` */
  async takeForPoints(experimentId: string, count: number, access: Access): Promise<void> {
    if (this.quotas.points > 0) await this.take('points', [experimentId], count, access);
  }

  private async take(
    limited: Limited,
    parentIds: readonly string[],
    each: number,
    access: Access,
  ): Promise<void> {
    const amounts = new Map<string, number>();
    for (const project of await this.projectsOf(limited, parentIds)) {
      // Nothing is told of those that the caller may not write to.
      if (access.has('editor', project)) amounts.set(project, (amounts.get(project) ?? 0) + each);
    }
    const quota = this.quotas[limited];
    const taken: [usage: Usage, amount: number][] = [];
    for (const [project, amount] of amounts) {
      const key = `${limited} ${project}`;
      taken.push([this.usages.get(key) ?? (await this.usages.forceFetch(key)), amount]);
    }
    if (taken.some(([{ used }, amount]) => used + amount > quota)) {
      throw quotaExceeded(limited, quota);
    }
    for (const [usage, amount] of taken) usage.used += amount;
  }

  /** The project of each; those that are not there are left out: it is said elsewhere that they are not. */
  private async projectsOf(limited: Limited, parentIds: readonly string[]): Promise<string[]> {
    const keyOf = (id: string): string => `${limited} ${id}`;
    if (!parentIds.every((id) => this.projects.has(keyOf(id)))) {
      const rows = await this.database.query<{ id: string; project_id: string }>(
        sql.PROJECTS_OF[limited],
        [parentIds],
      );
      for (const { id, project_id: project } of rows) this.projects.set(keyOf(id), project);
    }
    return parentIds.flatMap((id) => this.projects.get(keyOf(id)) ?? []);
  }

  /** When nobody can count in time, writes go on: they are worth more than the quota. */
  private async count(key: string): Promise<Usage> {
    const [limited, project] = key.split(/ (.*)/s) as [Limited, string];
    try {
      const values = [project, String(this.quotas[limited] + 1)];
      const row = await this.searches.find<{ used: string }>(sql.USED[limited], values);
      return { used: Number(row?.used ?? 0) };
    } catch (error) {
      this.logger.warn({ msg: 'a quota could not be checked', project_id: project, err: error });
      return { used: 0 };
    }
  }
}
