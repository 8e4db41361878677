import type { Answer, Options } from './http-client.js';
import { startService, type TestService } from './service.js';

export const ADMIN_KEY = 'an-administrator-key-of-40-characters-00';

/** A key that has just been made. */
export interface MadeKey {
  readonly key: string;
  readonly key_id: string;
}

/** A service that asks who calls, with its administrator. */
export class ClosedService {
  private constructor(readonly service: TestService) {}

  static async start(options: Parameters<typeof startService>[0] = {}): Promise<ClosedService> {
    return new ClosedService(
      await startService({ isOpen: false, adminKey: ADMIN_KEY, ...options }),
    );
  }

  stop(): Promise<void> {
    return this.service.stop();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  /** A request with a key. */
  send(
    key: string,
    method: string,
    path: string,
    json?: unknown,
    more: Options = {},
  ): Promise<Answer> {
    const headers = { authorization: `Bearer ${key}`, ...more.headers };
    const body = json === undefined ? {} : { json };
    return this.service.http.send(method, path, { ...body, ...more, headers });
  }

  /** What the administrator is answered, which must be a success. */
  async ok(method: string, path: string, json?: unknown): Promise<Answer['body']> {
    const answer = await this.send(ADMIN_KEY, method, path, json);
    if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.text}`);
    return answer.body;
  }

  /** @param projectIds - null: the key is for everything */
  makeKey(role: string, projectIds: readonly string[] | null = null): Promise<MadeKey> {
    return this.ok('POST', '/auth/keys', { name: `a ${role}`, role, project_ids: projectIds });
  }
}
