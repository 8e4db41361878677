import pg from 'pg';
import { owner } from './cluster.js';

/**
 * The advisory lock that says who uses the cluster, in the database `postgres`: "mdl" and "db" as numbers. It belongs to a
 * connection, so it ends with its holder, even by kill -9.
 */
const lock = [0x6d_64_6c, 0x64_62] as const;

/** Begins the name by which a guardian shows in `pg_stat_activity`; the number of its process follows. */
const nameStart = 'modeldb-guardian ';

/** The connection that holds the lock, and by whose loss the end of PostgreSQL is noticed. */
export class Guardian {
  /** Settles when the connection is over, for whatever reason. */
  readonly lost: Promise<void>;

  private constructor(private readonly client: pg.Client) {
    this.lost = new Promise((resolve) => client.once('end', resolve));
    // The end always follows.
    client.on('error', () => undefined);
  }

  /** @throws the error of `pg` */
  static async connect(port: number, password: string): Promise<Guardian> {
    // All is said here that PG* variables could otherwise say.
    const client = new pg.Client({
      host: '127.0.0.1',
      port,
      user: owner,
      password,
      database: 'postgres',
      ssl: false,
      sslnegotiation: 'postgres',
      client_encoding: 'UTF8',
      options: '-c client_min_messages=warning -c idle_session_timeout=0',
      application_name: `${nameStart}${process.pid}`,
      connectionTimeoutMillis: 5000,
    });
    const guardian = new Guardian(client);
    await client.connect();
    return guardian;
  }

  /** Takes the lock if nobody holds it. */
  async tryLock(): Promise<boolean> {
    const { rows } = await this.client.query<{ taken: boolean }>(
      'SELECT pg_try_advisory_lock($1, $2) AS taken',
      [...lock],
    );
    return rows[0]?.taken === true;
  }

  /** The process that holds the lock, if it still does. */
  async holder(): Promise<number | undefined> {
    const { rows } = await this.client.query<{ application_name: string }>(
      `SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid)
       WHERE locktype = 'advisory' AND classid = $1 AND objid = $2 AND granted`,
      [...lock],
    );
    const pid = Number(rows[0]?.application_name.slice(nameStart.length));
    return pid > 0 ? pid : undefined;
  }

  /** Makes a database unless it is there. Only under the lock: two connections could not both make it. */
  async ensureDatabase(name: string): Promise<void> {
    const { rowCount } = await this.client.query('SELECT FROM pg_database WHERE datname = $1', [
      name,
    ]);
    if (rowCount === 0) await this.client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`);
  }

  /** Ends the connection, and with it the lock. */
  async end(): Promise<void> {
    await this.client.end().catch(() => undefined);
  }
}
