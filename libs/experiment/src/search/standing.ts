import type { Place } from '#query';
import type { ExperimentRow } from '../experiment.types.js';
import type { SearchPlace } from './search-question.js';
import type { FoundRow } from './search-reader.js';

/** A place in a ranking. */
export interface RankedExperiment {
  /** From 1; experiments with equal values share a rank, and the next one counts them all. */
  readonly rank: number;
  /** The number, NaN included; `null` where there is none. */
  readonly value: string | null;
  readonly experiment: ExperimentRow;
}

/** How far a ranking has come. */
export class Standing {
  private constructor(
    private position: number,
    private rank: number,
    private value: string | null,
  ) {}

  static atStart(): Standing {
    return new Standing(0, 0, null);
  }

  /** @returns the standing, and what else the cursor holds */
  static fromCursor([position, rank, value, ...rest]: Place): [Standing, Place] {
    return [new Standing(position as number, rank as number, value as string | null), rest];
  }

  toCursor(rest: Place): Place {
    return [this.position, this.rank, this.value, ...rest];
  }

  /** Ranks the experiment that comes next. */
  next({ row, place }: FoundRow<ExperimentRow>): RankedExperiment {
    const value = valueAt(place);
    this.position += 1;
    if (this.rank === 0 || !isSame(value, this.value)) this.rank = this.position;
    this.value = value;
    return { rank: this.rank, value, experiment: row };
  }
}

/** The value that a place in an order by an evaluation stands for. */
function valueAt({ segment, values }: SearchPlace): string | null {
  if (segment === 'numbers') return values[0] ?? null;
  return segment === 'nan' ? 'NaN' : null;
}

/** Whether two numbers, as PostgreSQL writes them, are equal: 0.90 is 0.9. */
function isSame(a: string | null, b: string | null): boolean {
  return shortest(a) === shortest(b);
}

function shortest(number: string | null): string | undefined {
  return number?.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
}
