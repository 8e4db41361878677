import type { Socket } from 'node:net';
import type { PoolClient } from 'pg';

const TICK_MS = 500;
/** So long a silence may be a slow statement, or the end of the machine. */
const SUSPICIOUS_MS = 2000;

/** What was last seen of a connection: how many bytes it had received, and since when. */
interface Sign {
  readonly bytes: number;
  readonly since: number;
}

/**
 * Closes connections from which nothing has come for too long while they are in use: a network that swallows everything
 * tells neither side. Whoever waits on one is told that it is lost.
 *
 * It looks at all of them twice a second. A timer of its own for each statement, as the driver has it, costs more than the
 * statement: what a timer has referred to outlives it until all memory is searched for garbage.
 */
export class SilenceWatch {
  private readonly lent = new Set<Socket>();
  private signs = new Map<Socket, Sign>();
  private timer: NodeJS.Timeout | undefined;

  /**
   * @param limitMs - how long a connection may be silent; 0 for as long as it likes
   * @param suspect - is told of each that is silent for long, again and again
   */
  constructor(
    private readonly limitMs: number,
    private readonly suspect?: () => void,
  ) {}

  begin(client: PoolClient): void {
    if (this.limitMs === 0) return;
    this.lent.add(socketOf(client));
    this.timer ??= setInterval(() => {
      this.tick();
    }, TICK_MS).unref();
  }

  end(client: PoolClient): void {
    this.lent.delete(socketOf(client));
  }

  private tick(): void {
    if (this.lent.size === 0) {
      clearInterval(this.timer);
      this.timer = undefined;
    }
    const now = performance.now();
    const signs = new Map<Socket, Sign>();
    for (const socket of this.lent) {
      const seen = this.signs.get(socket);
      const sign =
        seen?.bytes === socket.bytesRead ? seen : { bytes: socket.bytesRead, since: now };
      if (now - sign.since >= this.limitMs) {
        socket.destroy(new Error('connection terminated: nothing has come from it for too long'));
      } else signs.set(socket, sign);
      if (now - sign.since >= SUSPICIOUS_MS) this.suspect?.();
    }
    this.signs = signs;
  }
}

function socketOf(client: PoolClient): Socket {
  return (client as unknown as { connection: { stream: Socket } }).connection.stream;
}
