/** What {@link startEmbeddedPostgres} needs to know. */
export interface EmbeddedPostgresOptions {
  /** The folder that holds everything: cluster, password and log. It is made, for its owner alone, when it is not there. */
  readonly dataDir: string;
  /** Told in a sentence what happens: PostgreSQL was started, ended unexpectedly, is restarted, … */
  readonly log: (message: string) => void;
  /** Server settings, e.g. `{ fsync: 'off' }` for tests. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A PostgreSQL that runs, and is started again should it end. */
export interface EmbeddedPostgres {
  /** `postgresql://…` with the password, for the database `modeldb`; it stays the same until {@link stop}. */
  readonly url: string;
  /**
   * Stops PostgreSQL in order and waits until it has ended, up to about a minute. May be called at any time and again.
   * It leaves PostgreSQL alone when another Model DB has taken it over.
   */
  stop(): Promise<void>;
}
