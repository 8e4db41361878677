/** Pages for which a list is held to be heavy after one that was. */
const MEMORY = 100;
/** What of the bytes that a page may have makes it heavy. */
const SHARE = 0.25;

/** Which lists have had heavy pages lately. */
export class HeavyLists {
  private readonly pagesLeft = new Map<string, number>();

  has(list: string): boolean {
    return this.pagesLeft.has(list);
  }

  /** @param share - what a page took of the bytes that it might have had */
  note(list: string, share: number): void {
    const left = share >= SHARE ? MEMORY : (this.pagesLeft.get(list) ?? 0) - 1;
    if (left > 0) this.pagesLeft.set(list, left);
    else this.pagesLeft.delete(list);
  }
}
