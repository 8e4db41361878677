import type { Defect, Problem } from './defects.js';
import { DOCUMENTS, TABLES, type Kind, type LegacyRow } from './legacy-rows.js';
import { readDocument } from './read-document.js';
import { readTime } from './read-time.js';

/** A row that can be sent to the database, and what was mended in it. */
export interface JudgedRow {
  readonly id: string;
  readonly row: LegacyRow;
  readonly mended: readonly Defect[];
}

/** Two ids, the path of a number and its value have to fit into one entry of an index. */
const MAX_ID_BYTES = 255;

type Tell = (problem: Problem, detail: string, imported?: boolean) => void;

/**
 * What can be told of a row without asking the database. It knows the projects and models that were imported, by their ids:
 * of all that is read, only they stay in memory.
 */
export class RowJudge {
  private readonly seen = { project: new Set<string>(), model: new Set<string>() };
  private readonly projects = new Set<string>();
  private readonly projectOfModel = new Map<string, string>();
  private lastExperiment: string | undefined;

  constructor(private readonly mend: boolean) {}

  /** @returns the row, or what keeps it from being imported */
  judge(kind: Kind, row: LegacyRow): JudgedRow | Defect[] {
    const id = row[TABLES[kind].id] ?? null;
    const defects: Defect[] = [];
    const tell: Tell = (problem, detail, imported = false) => {
      defects.push({ kind, id, problem, detail, imported });
    };
    for (const column of TABLES[kind].required) {
      if (row[column] === null) tell('missing_value', `${column} is NULL`);
    }
    if (id === null || defects.length > 0) return defects;
    if (Buffer.byteLength(id) > MAX_ID_BYTES) {
      tell('not_storable', `its id takes more than ${String(MAX_ID_BYTES)} bytes`);
      return defects;
    }
    if (this.isSecond(kind, id)) {
      tell('duplicate_id', 'another row before this one has the same id');
      return defects;
    }
    const judged = { ...row, ...this.parents(kind, row, tell), ...this.values(kind, row, tell) };
    if (defects.some(({ imported }) => !imported)) return defects;
    return { id, row: judged, mended: defects };
  }

  /** The row is there now: others may belong to it. */
  accept(kind: Kind, { id, row }: JudgedRow): void {
    if (kind === 'project') this.projects.add(id);
    if (kind === 'model') this.projectOfModel.set(id, row['project_id'] ?? '');
  }

  private isSecond(kind: Kind, id: string): boolean {
    if (kind === 'experiment') {
      const isSame = this.lastExperiment === id;
      this.lastExperiment = id;
      return isSame;
    }
    const seen = this.seen[kind];
    return seen.size === seen.add(id).size;
  }

  private parents(kind: Kind, row: LegacyRow, tell: Tell): LegacyRow {
    if (kind === 'project') return {};
    const parent = kind === 'model' ? 'project' : 'model';
    const id = row[`${parent}_id`] ?? '';
    const project = kind === 'model' ? this.projectOf(id) : this.projectOfModel.get(id);
    if (project !== undefined) return { project_id: project };
    const why = this.seen[parent].has(id) ? 'was not imported' : 'does not exist';
    tell('orphan', `its ${parent} ${JSON.stringify(id)} ${why}`);
    return {};
  }

  private projectOf(id: string): string | undefined {
    return this.projects.has(id) ? id : undefined;
  }

  private values(kind: Kind, row: LegacyRow, tell: Tell): LegacyRow {
    const created = row['created_datetime'] ?? '';
    const time = readTime(created);
    if (time === undefined) {
      tell('not_a_time', `created_datetime is ${JSON.stringify(created)}`);
    }
    const documents = kind === 'experiment' ? this.documents(row, tell) : {};
    return { created_datetime: time ?? null, ...documents };
  }

  private documents(row: LegacyRow, tell: Tell): LegacyRow {
    const documents: Record<string, string | null> = {};
    for (const column of DOCUMENTS) {
      const read = readDocument(row[column] ?? null);
      if ('text' in read) documents[column] = read.text;
      else {
        documents[column] = read.mended ?? null;
        const isMended = this.mend && read.mended !== undefined;
        const end = isMended ? '; it is kept under "value"' : '';
        tell(read.problem, `${column} ${read.detail}${end}`, isMended);
      }
    }
    return documents;
  }
}
