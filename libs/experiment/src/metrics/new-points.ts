import type { AppendMetricsDto } from './dto/append-metrics.dto.js';
import type { NewPoints } from './metrics.types.js';

const VALUE = '"value"';
/** What makes it a name: it may also be the key of a metric. */
const COLON = /\s*:\s*/y;
const NUMBER = /[-+.\deE]*/y;
const NAME = /"(?:[^"\\]|\\.)*"(?=\s*:)/g;

/** What a point has been found to be. */
interface Point {
  readonly key: string;
  readonly value: number | string;
  readonly step?: number | null;
  readonly timestamp?: string | null;
}

/** Takes points apart, member by member. Numbers are taken from the text, so that none is rounded. */
export function newPoints({ metrics }: AppendMetricsDto): NewPoints {
  const points = metrics.items as readonly Point[];
  const [keys, times] = [new Places<string>(), new Places<string | null>()];
  const digits = digitsOf(metrics.text, points.length);
  return {
    keyPlaces: points.map(({ key }) => keys.of(key)),
    timePlaces: points.map(({ timestamp }) => times.of(timestamp ?? null)),
    steps: points.map(({ step }) => step ?? 0),
    values: points.map(({ value }, index) => digits[index] ?? String(value)),
    keys: keys.items,
    times: times.items,
  };
}

/** Gives different items different places, from 1. */
class Places<Item> {
  private readonly places = new Map<Item, number>();

  get items(): Item[] {
    return [...this.places.keys()];
  }

  of(item: Item): number {
    let place = this.places.get(item);
    if (place === undefined) this.places.set(item, (place = this.places.size + 1));
    return place;
  }
}

/** The digits of the values, as they were sent; `undefined` for one that is no number. */
function digitsOf(text: string, count: number): readonly (string | undefined)[] {
  const found = valuesIn(text);
  // A name may also be written with escapes.
  return found.length === count ? found : valuesIn(text.replace(NAME, plainly));
}

/** By their name: where it stands inside a string, its quotes have backslashes before them. */
function valuesIn(text: string): (string | undefined)[] {
  const found: (string | undefined)[] = [];
  for (let at = text.indexOf(VALUE); at >= 0; at = text.indexOf(VALUE, at)) {
    at += VALUE.length;
    const start = endOf(COLON, text, at);
    if (start === at) continue;
    const end = endOf(NUMBER, text, start);
    found.push(end === start ? undefined : text.slice(start, end));
    at = end;
  }
  return found;
}

/** Where what the pattern matches at a place has its end; there, if it does not. */
function endOf(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : start;
}

function plainly(name: string): string {
  return JSON.stringify(JSON.parse(name));
}
