/** The types of the columns that are archived, by the names that PostgreSQL has for them. */
type ColumnType =
  | 'bigint'
  | 'bigint[]'
  | 'bytea'
  | 'bytea[]'
  | 'jsonb'
  | 'numeric'
  | 'text'
  | 'timestamptz'
  | 'xid8';

/** A table of which an archive has a file. All that goes into SQL as a name comes from here, never from an archive. */
export interface ArchivedTable {
  readonly table: string;
  /** Those of the primary key, by which the rows are ordered: they compare alike in every database. */
  readonly key: readonly string[];
  /** All but generated ones, in the order in which a row is written. */
  readonly columns: Readonly<Record<string, ColumnType>>;
  /** The column that PostgreSQL counts up. */
  readonly identity?: string;
}

const TIMES = {
  created_datetime: 'timestamptz',
  updated_datetime: 'timestamptz',
  deleted_datetime: 'timestamptz',
} as const;

/** What hangs off something comes after it. */
export const ARCHIVED: readonly ArchivedTable[] = [
  {
    table: 'projects',
    key: ['project_id'],
    columns: {
      project_id: 'text',
      project_name: 'text',
      description: 'text',
      tags: 'jsonb',
      ...TIMES,
    },
  },
  {
    table: 'project_members',
    key: ['member', 'project_id'],
    columns: {
      project_id: 'text',
      member: 'text',
      role: 'text',
      created_by: 'text',
      created_datetime: 'timestamptz',
    },
  },
  {
    table: 'models',
    key: ['model_id'],
    columns: {
      model_id: 'text',
      project_id: 'text',
      model_name: 'text',
      description: 'text',
      tags: 'jsonb',
      ...TIMES,
    },
  },
  {
    table: 'experiments',
    key: ['experiment_id'],
    columns: {
      experiment_id: 'text',
      project_id: 'text',
      model_id: 'text',
      model_version_id: 'text',
      experiment_name: 'text',
      description: 'text',
      parameters: 'jsonb',
      training_dataset: 'text',
      validation_dataset: 'text',
      test_dataset: 'text',
      evaluations: 'jsonb',
      artifact_file_paths: 'jsonb',
      tags: 'jsonb',
      ...TIMES,
    },
  },
  {
    table: 'metric_series',
    key: ['experiment_id', 'key'],
    columns: {
      experiment_id: 'text',
      key: 'text',
      series_id: 'bigint',
      count: 'bigint',
      last: 'numeric',
      last_step: 'bigint',
      last_timestamp: 'timestamptz',
      min: 'numeric',
      max: 'numeric',
    },
    identity: 'series_id',
  },
  {
    table: 'metric_points',
    key: ['series_id', 'step', 'recorded', 'value'],
    columns: { series_id: 'bigint', step: 'bigint', recorded: 'timestamptz', value: 'numeric' },
  },
  {
    table: 'api_keys',
    key: ['key_id'],
    columns: {
      key_id: 'text',
      name: 'text',
      role: 'text',
      role_on_projects: 'text',
      digest: 'text',
      created_by: 'text',
      created_datetime: 'timestamptz',
      expires_datetime: 'timestamptz',
      last_used_datetime: 'timestamptz',
      revoked_datetime: 'timestamptz',
    },
  },
  {
    table: 'idempotency_keys',
    key: ['key'],
    columns: { key: 'text', fingerprint: 'text', answer: 'jsonb', created_datetime: 'timestamptz' },
  },
  {
    table: 'audit_events',
    key: ['event_id'],
    columns: {
      event_id: 'bigint',
      transaction_id: 'xid8',
      occurred: 'timestamptz',
      actor: 'text',
      method: 'text',
      key_id: 'text',
      action: 'text',
      entity_type: 'text',
      entity_id: 'text',
      project_id: 'text',
      before: 'jsonb',
      after: 'jsonb',
      request_id: 'text',
      address: 'text',
    },
    identity: 'event_id',
  },
  {
    table: 'audit_seals',
    key: ['seal_id'],
    columns: {
      seal_id: 'bigint',
      sealed_datetime: 'timestamptz',
      until_transaction: 'xid8',
      until_event: 'bigint',
      first_event: 'bigint',
      last_event: 'bigint',
      event_ids: 'bigint[]',
      event_digests: 'bytea[]',
      digest: 'bytea',
    },
  },
];

/** What an archive does not have, and why nothing is lost by that. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  experiment_evaluations: 'an index: an import makes it anew from the documents and the metrics',
  service_secrets: 'each database has its own: a cursor of before the move is refused',
  migrations: 'those of the database; an archive names them in its manifest',
  typeorm_metadata: 'made by the migrations',
};

/** The table that an archive may do without. */
export const KEYS_TABLE = 'api_keys';

/** The tables whose identity goes on where it was. */
export const COUNTED = ARCHIVED.filter(({ identity }) => identity !== undefined);
