const CLEAR_LINE = '\r\x1b[2K';
const USUAL_WIDTH = 80;

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

  /** Leaves the line free for what is printed next. */
  clear(): void {
    if (this.isShown) this.screen.write(CLEAR_LINE);
  }
}
