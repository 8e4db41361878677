import { connect, type Socket } from 'node:net';

/** What came back; `broken`: nothing, the connection was closed. */
export type Answer = { readonly status: number; readonly body: string } | 'broken';

const HEAD_END = '\r\n\r\n';
const LENGTH = /\r\ncontent-length: (\d+)/i;
/** Of `HTTP/1.1 200 OK`. */
const STATUS_AT = 9;

/**
 * A connection that is kept alive, with one request at a time under way. It reads no more of an answer than it has to: on a
 * machine that is shared with what is measured, each microsecond of the generator is missing there.
 */
export class Connection {
  private readonly socket: Socket;
  private received = '';
  private done: ((answer: Answer) => void) | undefined;
  isClosed = false;

  /** @param url - of the service */
  constructor(url: string) {
    const { hostname, port } = new URL(url);
    this.socket = connect({ host: hostname, port: Number(port), noDelay: true })
      .setEncoding('latin1')
      .on('data', (text) => {
        this.take(String(text));
      })
      // The end always follows.
      .on('error', () => undefined)
      .on('close', () => {
        this.isClosed = true;
        this.answer('broken');
      });
  }

  /** Whether it can take a request. */
  get isFree(): boolean {
    return !this.isClosed && this.done === undefined;
  }

  /** @param request - as it is written to the socket */
  send(request: Buffer, done: (answer: Answer) => void): void {
    this.done = done;
    this.socket.write(request);
  }

  close(): void {
    this.socket.destroy();
  }

  private take(text: string): void {
    this.received += text;
    const head = this.received.indexOf(HEAD_END);
    if (head < 0) return;
    const start = head + HEAD_END.length;
    const end = start + Number(LENGTH.exec(this.received)?.[1] ?? 0);
    if (this.received.length < end) return;
    const status = Number(this.received.slice(STATUS_AT, STATUS_AT + 3));
    const body = this.received.slice(start, end);
    this.received = this.received.slice(end);
    this.answer({ status, body });
  }

  private answer(answer: Answer): void {
    const { done } = this;
    this.done = undefined;
    done?.(answer);
  }
}
