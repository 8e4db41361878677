import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, readlink, rm, stat } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startEmbeddedPostgres } from '#database';
import pg from 'pg';
import { copyCluster } from './copy-cluster.js';

/** How a cluster is run. */
interface Installation {
  readonly program: string;
  /** PostgreSQL refuses to be root. */
  readonly owner: { readonly uid: number; readonly gid: number };
  readonly password: string;
}

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '16MB',
  fsync: 'off',
  // A standby that has lost its primary looks for it again ten times a second.
  wal_retrieve_retry_interval: '100ms',
};

/** A PostgreSQL of the embedded one's programs that nobody restarts: it may be killed, followed by standbys, and promoted. */
export class PostgresServer implements AsyncDisposable {
  private child: ChildProcess | undefined;
  private readonly standbys: PostgresServer[] = [];

  private constructor(
    private readonly folder: string,
    private readonly installation: Installation,
    readonly port: number,
    private readonly settings: Readonly<Record<string, string>>,
  ) {}

  /** Makes a cluster with an empty database, and starts it. */
  static async primary(
    folder: string,
    settings: Readonly<Record<string, string>> = {},
  ): Promise<PostgresServer> {
    const embedded = await startEmbeddedPostgres({
      dataDir: folder,
      log: () => undefined,
      settings: { fsync: 'off' },
    });
    const cluster = join(folder, 'postgres');
    const pid = Number.parseInt(await readFile(join(cluster, 'postmaster.pid'), 'utf8'), 10);
    const program = await readlink(`/proc/${String(pid)}/exe`);
    const { uid, gid } = await stat(cluster);
    const password = decodeURIComponent(new URL(embedded.url).password);
    await embedded.stop();
    const installation = { program, owner: { uid, gid }, password };
    const server = new PostgresServer(cluster, installation, await freePort(), settings);
    await server.start();
    return server;
  }

  /** The address of its database. */
  get url(): string {
    return this.urlOf(String(this.port));
  }

  /** The address of several, of which one is the primary. */
  urlWith(...others: readonly PostgresServer[]): string {
    const hosts = [this, ...others].map(({ port }) => `127.0.0.1:${String(port)}`);
    return `${this.urlOf('0').replace('127.0.0.1:0', hosts.join(','))}&target_session_attrs=read-write`;
  }

  /**
   * Makes a standby, by a base backup as PostgreSQL's manual has it for those who make one by hand: the programs that npm
   * brings have no pg_basebackup.
   * @param name - by which the primary knows it, e.g. in `synchronous_standby_names`
   */
  async standby(
    name: string,
    settings: Readonly<Record<string, string>> = {},
  ): Promise<PostgresServer> {
    const folder = `${this.folder}-${name}`;
    const client = await this.connect();
    try {
      await copyCluster(client, this.folder, folder, name);
    } finally {
      await client.end();
    }
    const server = new PostgresServer(folder, this.installation, await freePort(), settings);
    this.standbys.push(server);
    await server.start();
    return server;
  }

  /** Starts it, and waits until it answers. */
  async start(): Promise<void> {
    const { folder, installation, port } = this;
    const { program, owner } = installation;
    const settings = Object.entries({ ...SETTINGS, ...this.settings, port: String(port) });
    const isRoot = process.getuid?.() === 0;
    const log = await open(`${folder}.log`, 'a');
    const args = settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const child = spawn(program, ['-D', isRoot ? '/proc/self/cwd' : folder, ...args], {
      cwd: folder,
      env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
      ...(isRoot && owner),
      stdio: ['ignore', log.fd, log.fd],
    });
    await log.close();
    this.child = child;
    while (!(await this.answers())) {
      if (child.exitCode !== null) throw new Error(await readFile(`${folder}.log`, 'utf8'));
      await pause(20);
    }
  }

  /** kill -9 of all its processes. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** Ends it in order, whoever is connected. */
  async stop(): Promise<void> {
    await this.end('SIGINT');
  }

  /** Makes a primary of a standby. */
  async promote(): Promise<void> {
    await this.sql('SELECT pg_promote(true)');
  }

  /** Runs a statement on a connection of its own. */
  async sql<Row extends object>(text: string): Promise<Row[]> {
    const client = await this.connect();
    try {
      return (await client.query<Row>(text)).rows;
    } finally {
      await client.end();
    }
  }

  /** Waits until a statement's first row says so, in its column `ok`. */
  async until(text: string): Promise<void> {
    for (;;) {
      const [row] = await this.sql<{ ok: boolean }>(text);
      if (row?.ok) return;
      await pause(10);
    }
  }

  /** Waits until a standby has replayed what has been written here so far. */
  async untilReplayedBy(standby: PostgresServer): Promise<void> {
    const [row] = await this.sql<{ position: string }>('SELECT pg_current_wal_lsn() AS position');
    await standby.until(`SELECT pg_last_wal_replay_lsn() >= '${row?.position ?? ''}' AS ok`);
  }

  /** Ends it and its standbys, and removes them. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const standby of this.standbys) await standby[Symbol.asyncDispose]();
    await this.kill();
    await rm(this.folder, { recursive: true, force: true });
    await rm(`${this.folder}.log`, { force: true });
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    const children = signal === 'SIGKILL' ? await childrenOf(child) : [];
    child.kill(signal);
    for (const pid of children) {
      try {
        process.kill(pid, signal);
      } catch {
        // It has ended with its postmaster.
      }
    }
    await ended;
  }

  /** A connection of the caller's. */
  async connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.url });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }

  private answers(): Promise<boolean> {
    return this.sql('SELECT').then(
      () => true,
      () => false,
    );
  }

  private urlOf(port: string): string {
    const password = encodeURIComponent(this.installation.password);
    return `postgresql://modeldb:${password}@127.0.0.1:${port}/modeldb?sslmode=disable`;
  }
}

async function childrenOf({ pid = 0 }: ChildProcess): Promise<number[]> {
  const children = await readFile(`/proc/${String(pid)}/task/${String(pid)}/children`, 'utf8');
  return children.trim().split(' ').map(Number);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
