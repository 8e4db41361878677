const CLEAR_LINE = '\r\x1b[2K';
const USUAL_WIDTH = 80;
const BAR_WIDTH = 24;

/** What a progress line needs of the stream it is written to. */
type Screen = Pick<NodeJS.WriteStream, 'columns' | 'isTTY' | 'write'>;

/** One line that is written over, for a person at a terminal; anywhere else, nothing. */
export class Progress {
  private readonly isShown: boolean;

  constructor(
    private readonly screen: Screen,
    wanted: boolean,
  ) {
    this.isShown = wanted && screen.isTTY;
  }

  show(text: string): void {
    if (!this.isShown) return;
    // Cut to the window: a line that wraps cannot be written over. Some terminals do not tell.
    const width = this.screen.columns > 0 ? this.screen.columns : USUAL_WIDTH;
    this.screen.write(CLEAR_LINE + text.slice(0, width - 1));
  }

  /** How far a long work has come: a bar and its numbers. */
  showPart(what: string, done: number, total: number): void {
    const part = total > 0 ? Math.min(1, done / total) : 1;
    const bar = '#'.repeat(Math.round(part * BAR_WIDTH)).padEnd(BAR_WIDTH, '.');
    const numbers = `${done.toLocaleString('en')} of ${total.toLocaleString('en')}`;
    this.show(`${what.padEnd(12)}[${bar}] ${numbers}`);
  }

  /** Leaves the line free for what is printed next. */
  clear(): void {
    if (this.isShown) this.screen.write(CLEAR_LINE);
  }
}
