/** How many letters are changed, added or left out between two short words. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

const MOST_CHANGES = 3;

/** The name that was probably meant, when one is near. */
export function nearest(word: string, names: readonly string[]): string | undefined {
  const meant = word.toLowerCase();
  const near = names
    .filter((name) => Math.abs(name.length - meant.length) <= MOST_CHANGES)
    .map((name) => ({ name, changes: distance(meant, name.toLowerCase()) }))
    .filter(({ name, changes }) => changes <= Math.min(MOST_CHANGES, name.length / 3))
    .sort((a, b) => a.changes - b.changes);
  return near[0]?.name ?? names.find((name) => meant.length > 2 && name.startsWith(meant));
}
