import { EventEmitter, once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What becomes of the bytes: they go through, they are kept back, or nobody may connect at all. */
type State = 'open' | 'holding' | 'cut';

/** Stands between the service and PostgreSQL, so that a test can cut the wire, block it, and mend it. */
export class TcpProxy implements AsyncDisposable {
  /** The database's URL, by way of the proxy. */
  readonly url: string;
  private state: State = 'open';
  private readonly sockets = new Set<Socket>();
  /** What was kept back, in order. */
  private held: (() => void)[] = [];
  private readonly holding = new EventEmitter();
  private bytesOfNextAnswer: number | undefined;

  private constructor(
    private readonly server: Server,
    databaseUrl: string,
  ) {
    const target = new URL(databaseUrl);
    const url = new URL(databaseUrl);
    url.port = String((server.address() as AddressInfo).port);
    this.url = url.href;
    server.on('connection', (client) => {
      if (this.state === 'cut') client.resetAndDestroy();
      else this.join(client, connect(Number(target.port), target.hostname));
    });
  }

  static async to(databaseUrl: string): Promise<TcpProxy> {
    const server = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new TcpProxy(server, databaseUrl);
  }

  /** Ends every connection and refuses new ones, until {@link mend}: by a reset, or politely by a FIN. */
  cut(how: 'RST' | 'FIN' = 'RST'): void {
    this.state = 'cut';
    for (const socket of this.sockets) {
      if (how === 'RST') socket.resetAndDestroy();
      else socket.end();
    }
  }

  /** Keeps back whatever comes, in both directions and on new connections: all seems well, and nobody hears a word. */
  hold(): void {
    this.state = 'holding';
  }

  /** Waits until that many pieces are kept back. */
  async untilHolding(pieces: number): Promise<void> {
    while (this.held.length < pieces) await once(this.holding, 'piece');
  }

  /** Lets everything through that was kept back: it was only slow. */
  release(): void {
    this.state = 'open';
    for (const forward of this.held.splice(0)) forward();
  }

  /** Lets new connections through. Those on which something was kept back stay silent for ever. */
  mend(): void {
    this.state = 'open';
    this.held = [];
  }

  /** Resets the connection on which PostgreSQL answers next, after that many bytes of the answer. */
  tearNextAnswer(bytes: number): void {
    this.bytesOfNextAnswer = bytes;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cut();
    this.server.close();
    await once(this.server, 'close');
  }

  private join(client: Socket, upstream: Socket): void {
    this.forward(client, upstream, (bytes) => upstream.write(bytes));
    this.forward(upstream, client, (bytes) => {
      const through = this.bytesOfNextAnswer;
      this.bytesOfNextAnswer = undefined;
      if (through === undefined) client.write(bytes);
      else client.write(bytes.subarray(0, through), () => client.resetAndDestroy());
    });
  }

  private forward(from: Socket, to: Socket, write: (bytes: Buffer) => void): void {
    this.sockets.add(from);
    let isSilent = false;
    const pass = (piece: () => void): void => {
      if (this.state !== 'holding' && !isSilent) {
        piece();
        return;
      }
      isSilent = true;
      this.held.push(() => {
        isSilent = false;
        piece();
      });
      this.holding.emit('piece');
    };
    from.on('data', (bytes) => {
      pass(() => {
        write(bytes);
      });
    });
    from.on('end', () => {
      pass(() => to.end());
    });
    from.on('error', () => to.destroy());
    from.on('close', () => {
      this.sockets.delete(from);
      if (!isSilent) to.destroy();
    });
  }
}
