import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An HTTP server of a test that can be stopped, come back where it was, and tells what it was asked for. */
export class LoopbackServer implements AsyncDisposable {
  /** The paths, as they came. */
  readonly asked: string[] = [];
  private server: Server | undefined;
  private port = 0;

  private constructor(private listener: RequestListener) {}

  static async start(listener: RequestListener): Promise<LoopbackServer> {
    const started = new LoopbackServer(listener);
    await started.resume();
    return started;
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.port)}`;
  }

  /** From now on somebody else answers. */
  answerBy(listener: RequestListener): void {
    this.listener = listener;
  }

  async resume(): Promise<void> {
    this.server = createServer((request, response) => {
      this.asked.push(request.url ?? '');
      this.listener(request, response);
    }).listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    if (!this.server) return;
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
    this.server = undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}
