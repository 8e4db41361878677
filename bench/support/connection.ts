import { connect, type Socket } from 'node:net';

/** What came back; `broken`: nothing, the connection was closed. Of a success nobody looks at the body. */
export type Answer = { readonly status: number; readonly body: string } | 'broken';

const HEAD_END = '\r\n\r\n';
const LENGTH = /\r\ncontent-length: (\d+)/i;
/** Of `HTTP/1.1 200 OK`. */
const STATUS_AT = 9;
const OK = 200;
const NOTHING = Buffer.alloc(0);

/** An answer whose head has come. */
interface Coming {
  readonly status: number;
  readonly body: Buffer[];
  /** Bytes of the body that have not come. */
  missing: number;
}

/**
 * A connection that is kept alive, with one request at a time under way. It reads no more of an answer than it has to: on a
 * machine that is shared with what is measured, each microsecond of the generator is missing there.
 */
export class Connection {
  private readonly socket: Socket;
  private head: Buffer = NOTHING;
  private coming: Coming | undefined;
  private done: ((answer: Answer) => void) | undefined;
  isClosed = false;

  /** @param url - of the service */
  constructor(url: string) {
    const { hostname, port } = new URL(url);
    this.socket = connect({ host: hostname, port: Number(port), noDelay: true })
      .on('data', (piece) => {
        this.take(piece);
      })
      // The end always follows.
      .on('error', () => undefined)
      .on('close', () => {
        this.isClosed = true;
        this.answer('broken');
      });
  }

  /** @param request - as it is written to the socket */
  send(request: Buffer, done: (answer: Answer) => void): void {
    this.done = done;
    this.socket.write(request);
  }

  close(): void {
    this.socket.destroy();
  }

  private take(piece: Buffer): void {
    if (!this.coming) {
      this.begin(this.head.length === 0 ? piece : Buffer.concat([this.head, piece]));
      return;
    }
    this.coming.missing -= piece.length;
    this.keep(piece, this.coming);
  }

  private begin(bytes: Buffer): void {
    const end = bytes.indexOf(HEAD_END);
    if (end < 0) {
      this.head = bytes;
      return;
    }
    this.head = NOTHING;
    const head = bytes.toString('latin1', 0, end);
    const status = Number(head.slice(STATUS_AT, STATUS_AT + 3));
    const body = bytes.subarray(end + HEAD_END.length);
    const missing = Number(LENGTH.exec(head)?.[1] ?? 0) - body.length;
    this.coming = { status, body: [], missing };
    this.keep(body, this.coming);
  }

  private keep(piece: Buffer, { status, body, missing }: Coming): void {
    if (status !== OK) body.push(piece);
    if (missing > 0) return;
    this.coming = undefined;
    this.answer({ status, body: Buffer.concat(body).toString() });
  }

  private answer(answer: Answer): void {
    const { done } = this;
    this.done = undefined;
    done?.(answer);
  }
}
