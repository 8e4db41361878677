/** An answer: its status, its headers, its text, and that text as JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // The shape of a body is what tests are about.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

export interface Options {
  /** Sent as it is. */
  readonly raw?: string | Uint8Array;
  /** Sent as JSON. */
  readonly json?: unknown;
  readonly headers?: Record<string, string>;
}

/** Speaks HTTP to a service, the way its clients do. */
export class HttpClient {
  private readonly urls: readonly string[];
  private sent = 0;

  /**
   * @param urls - of several, requests go to each in turn
   * @param headers - sent with every request
   */
  constructor(
    urls: string | readonly string[],
    private readonly headers: Record<string, string> = {},
  ) {
    this.urls = [urls].flat();
  }

  /** Where the next request goes. */
  get url(): string {
    const url = this.urls[this.sent % this.urls.length] ?? '';
    this.sent += 1;
    return url;
  }

  async send(method: string, path: string, { raw, json, headers }: Options = {}): Promise<Answer> {
    const body = json === undefined ? raw : JSON.stringify(json);
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...this.headers,
        ...headers,
      },
      ...(body !== undefined && { body }),
    });
    const text = await response.text();
    const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '');
    const { status, headers: answered } = response;
    return {
      status,
      headers: answered,
      text,
      body: isJson && text !== '' ? JSON.parse(text) : undefined,
    };
  }

  get(path: string, options?: Options): Promise<Answer> {
    return this.send('GET', path, options);
  }

  post(path: string, json?: unknown, options?: Options): Promise<Answer> {
    return this.send('POST', path, { json, ...options });
  }

  patch(path: string, json: unknown): Promise<Answer> {
    return this.send('PATCH', path, { json });
  }

  delete(path: string): Promise<Answer> {
    return this.send('DELETE', path);
  }
}
