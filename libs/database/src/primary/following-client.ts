import type { Client, ClientConfig } from 'pg';
import type { DatabaseHost } from './database-host.js';
import type { Primary } from './primary.js';
import { SessionClient } from './session-client.js';

/** What was taken for the primary is away, or takes no writes any more: who asks again is led to the one that does. */
export class HostLost extends Error {
  readonly code: string | undefined;

  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.code = (cause as NodeJS.ErrnoException).code;
  }
}

/** The driver's connection, which connects to the host that takes writes, whichever that is now. */
export abstract class FollowingClient extends SessionClient {
  follows: DatabaseHost | undefined;

  protected constructor(
    config: ClientConfig | undefined,
    private readonly primary: Primary,
  ) {
    super(config);
  }

  override connect(): Promise<Client>;
  override connect(callback: (error: Error) => void): void;
  override connect(callback?: (error: Error) => void): Promise<Client> | undefined {
    const connected = this.connectToPrimary();
    if (!callback) return connected.then(() => this);
    // Called without an error it means success, which the driver's types say in a way that cannot be overridden.
    connected.then(callback as unknown as () => void, callback);
    return undefined;
  }

  drop(reason: string): void {
    this.connection.stream.destroy(new Error(reason));
  }

  private async connectToPrimary(): Promise<void> {
    const found = await this.primary.find();
    // The pool ends connections that take too long.
    if (this.connection.stream.destroyed)
      throw new Error('connection terminated: it took too long');
    this.follows = found;
    Object.assign(this, { host: found.host, port: found.port });
    this.primary.add(this);
    this.once('end', () => {
      this.primary.remove(this);
    });
    try {
      await super.connect();
      if (!(await this.takesWrites())) throw new Error('no host takes writes');
    } catch (error) {
      this.primary.doubt(found);
      this.connection.stream.destroy();
      throw new HostLost(error);
    }
  }
}
