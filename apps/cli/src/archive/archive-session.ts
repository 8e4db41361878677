import { migrationStatus } from '#database';
import { StartupError } from '#errors';
import type { Client } from 'pg';
import { ownConnection } from '../own-connection.js';

/**
 * A connection for one long transaction. When the signal is aborted it is closed, whatever it is at, and with it the
 * transaction is undone.
 */
export class ArchiveSession implements AsyncDisposable {
  private constructor(
    readonly client: Client,
    private readonly signal: AbortSignal | undefined,
  ) {
    signal?.addEventListener('abort', this.close);
  }

  /** @throws StartupError when the database cannot be reached, or its schema is another one than this release's */
  static async open(url: string, signal?: AbortSignal): Promise<ArchiveSession> {
    const { pending, unknown } = await migrationStatus(url);
    if (pending.length > 0) {
      throw new StartupError(
        'The database does not have the schema of this release yet: modeldb migrate up brings it up to date.',
      );
    }
    // What columns a newer release has, this one cannot know.
    if (unknown.length > 0) {
      throw new StartupError('The database has the schema of a newer release: use that one.');
    }
    const client = await ownConnection(url, 'modeldb archive');
    const session = new ArchiveSession(client, signal);
    if (signal?.aborted) session.close();
    return session;
  }

  /** Does the last thing, which nothing may interrupt: nobody could tell whether it was done. */
  async finish(statement: 'COMMIT' | 'ROLLBACK'): Promise<void> {
    this.signal?.throwIfAborted();
    this.signal?.removeEventListener('abort', this.close);
    try {
      await this.client.query(statement);
    } catch (error) {
      throw new StartupError(
        `The connection was lost at the very end: look whether the database has everything, or nothing. ${(error as Error).message}`,
      );
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.signal?.removeEventListener('abort', this.close);
    await this.client.end();
  }

  private readonly close = (): void => {
    void this.client.end();
  };
}
