const CLEAR_LINE = '\r\x1b[2K';

/**
 * One line that is written over on a terminal; about ten plain lines in a log file.
 * To stderr, so that stdout holds results only.
 */
export class Progress {
  private count = 0;
  private total = 0;

  constructor(private readonly out: NodeJS.WriteStream = process.stderr) {}

  start(total: number): void {
    this.count = 0;
    this.total = total;
  }

  step(label: string): void {
    this.count += 1;
    const every = Math.ceil(this.total / 10);
    const line = `[${this.count}/${this.total}] ${label}`;
    if (this.out.isTTY) {
      // Cut to the window: a line that wraps cannot be written over. Some terminals do not tell.
      const width = this.out.columns > 0 ? this.out.columns : 80;
      this.out.write(CLEAR_LINE + line.slice(0, width - 1));
    } else if (this.count % every === 0 || this.count === this.total) {
      this.out.write(`${line}\n`);
    }
  }

  /** Leaves the line free for what is printed next. */
  clear(): void {
    if (this.out.isTTY) this.out.write(CLEAR_LINE);
  }
}
