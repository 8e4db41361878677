import { Agent, request } from 'node:http';

/** A request, ready to be sent again and again. */
export interface Call {
  readonly method: 'GET' | 'POST';
  /** With its query string. */
  readonly path: string;
  /** JSON. */
  readonly body?: string;
  /** Sent besides those of every request. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
  /** The path of the next page, from the `Link` header. */
  readonly next: string | undefined;
}

/** The answer is not one that can be measured; the message is short enough for a table. */
export class WrongAnswerError extends Error {
  override readonly name = 'WrongAnswerError';
}

/** No case asks for more: an answer that does not end would otherwise be measured for minutes. */
const LARGEST_ANSWER = 16 * 2 ** 20;
const NEXT = /<([^>]+)>;\s*rel="?next"?/;

/**
 * Sends requests one after the other over one connection that is kept alive. Node's own client is enough: what it costs
 * is the same for the programs that are compared, and a load generator would measure a queue, not a question.
 */
export class Caller {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });

  /** @param headers - sent with every request */
  constructor(
    readonly url: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  send({ method, path, body, headers: own }: Call): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const headers = {
        ...this.headers,
        ...own,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      };
      const sent = request(new URL(path, this.url), { method, agent: this.agent, headers });
      sent.on('error', reject);
      sent.on('response', (response) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        response.on('error', reject);
        response.on('data', (chunk: Buffer) => {
          chunks.push(chunk);
          bytes += chunk.length;
          if (bytes > LARGEST_ANSWER) response.destroy(new WrongAnswerError('endless'));
        });
        response.on('end', () => {
          resolve({
            status: response.statusCode ?? 0,
            body: Buffer.concat(chunks).toString(),
            next: NEXT.exec(String(response.headers['link'] ?? ''))?.[1],
          });
        });
      });
      sent.end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
