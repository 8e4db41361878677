import { Injectable } from '@nestjs/common';
import { Reads } from '#database';
import type { Access } from '#http';
import { experimentsNotFound } from '../experiment.errors.js';
import { comparisonTooLarge } from './comparison.errors.js';
import { COMPARE } from './comparison.sql.js';
import {
  PARTS,
  type ComparedExperiment,
  type ComparedRow,
  type Comparison,
  type Part,
} from './comparison.types.js';

/** Values and gaps of the table in all. */
const MAX_CELLS = 1_000_000;

/** An experiment that was asked for, and the place in the request where it was named. */
export interface Asked {
  readonly id: string;
  readonly path: string;
}

type FoundRow = ComparedExperiment & { readonly part: null; readonly too_large: boolean };

/** A key of the table. All but `part` and `differs` are JSON; places count from 1. */
interface KeyRow {
  readonly part: Part;
  readonly path: string;
  readonly positions: string;
  readonly texts: string;
  readonly differs: boolean;
  readonly highest: string | null;
  readonly lowest: string | null;
}

/** Experiments side by side. */
@Injectable()
export class ComparisonService {
  constructor(private readonly reads: Reads) {}

  /**
   * Live experiments in the order they are asked for, with all their keys; in one statement, hence of one moment.
   * @throws CodedError `EXPERIMENT_NOT_FOUND` naming each that is not there or not to be seen, or `COMPARISON_TOO_LARGE`
   */
  async compare(asked: readonly Asked[], access: Access): Promise<Comparison> {
    const ids = asked.map(({ id }) => id);
    const values = [JSON.stringify(ids), access.projects('viewer')];
    const rows = await this.reads.ask(
      access.fresh,
      ({ searches }) => searches.query<FoundRow | KeyRow>(COMPARE, values),
      (answer) => hasAll(answer, ids),
    );
    const experiments = foundIn(rows);
    const keys = rows.filter((row) => row.part !== null);
    const found = new Set(experiments.map(({ experiment_id: id }) => id));
    const missing = asked.filter(({ id }) => !found.has(id));
    if (missing.length > 0) throw experimentsNotFound(missing.map(nameMissing));
    const tooManyCells = keys.length * ids.length > MAX_CELLS;
    if (tooManyCells || experiments.some((row) => row.too_large)) throw comparisonTooLarge();
    return { experiments, rows: byPart(keys, ids) };
  }
}

function hasAll(rows: readonly (FoundRow | KeyRow)[], ids: readonly string[]): boolean {
  const found = new Set(foundIn(rows).map((row) => row.experiment_id));
  return ids.every((id) => found.has(id));
}

function foundIn(rows: readonly (FoundRow | KeyRow)[]): FoundRow[] {
  return rows.filter((row) => row.part === null);
}

function nameMissing({ id, path }: Asked) {
  return { path, message: `names no experiment: ${JSON.stringify(id)}` };
}

function byPart(keys: readonly KeyRow[], ids: readonly string[]): Comparison['rows'] {
  const rows = Object.fromEntries(PARTS.map((part) => [part, [] as ComparedRow[]])) as Record<
    Part,
    ComparedRow[]
  >;
  for (const key of keys) rows[key.part].push(comparedRow(key, ids));
  return rows;
}

/** Only lists of places and of JSON texts are parsed here, never a value. */
function comparedRow(key: KeyRow, ids: readonly string[]): ComparedRow {
  const texts = JSON.parse(key.texts) as string[];
  const textAt = new Map(placesOf(key.positions).map((place, index) => [place, texts[index]]));
  const idsAt = (positions: string | null): string[] => {
    const places = new Set(placesOf(positions));
    return ids.filter((_, index) => places.has(index + 1));
  };
  return {
    path: JSON.parse(`[${key.path}]`) as string[],
    values: ids.map((_, index) => textAt.get(index + 1) ?? 'null'),
    differs: key.differs,
    highest: idsAt(key.highest),
    lowest: idsAt(key.lowest),
  };
}

function placesOf(positions: string | null): number[] {
  return JSON.parse(positions ?? '[]') as number[];
}
