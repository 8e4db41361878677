export {
  connectionOptions,
  type DatabaseConfig,
  type ServiceDatabaseConfig,
} from './connection-options.js';
export { connect, type Connection } from './connect.js';
export { Database } from './database.js';
export { DatabaseProbe } from './database-probe.js';
export { DatabaseModule } from './database.module.js';
export { withoutPassword } from './errors/describe-connection-error.js';
export { databaseClient } from './primary/driver-target.js';
export {
  joinEmbeddedPostgres,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from './embedded/index.js';
export { getOrCreate } from './get-or-create.js';
export { hasLiveParent, isLive, isLiveScope, parentIsLive, type Walk } from './keyset.js';
export { migrate } from './migrate.js';
export { MIGRATION_NAMES, migrationStatus, type MigrationStatus } from './migration-status.js';
export { newId } from './new-id.js';
export { onConnection, type Queries } from './on-connection.js';
export { isFull, measuredPageSql, pageSql, type PagedRow, type PageSource } from './page-sql.js';
export { examineReplicas, type ExaminedReplica } from './replicas/examine-replicas.js';
export { Reads } from './replicas/reads.js';
export type { Readable } from './replicas/replica.js';
export { Replicas } from './replicas/replicas.js';
export { RepeatedWork } from './repeated-work.js';
export { readPages, startOf, type PageKey } from './read-pages.js';
export { changedNow, hasTag, recordTag } from './record-tag.js';
export { RecordEntity } from './record.entity.js';
export { SCHEMA_OBJECTS, type SchemaObject } from './schema-objects.js';
export { SearchDatabase, searchTooSlow } from './search-database.js';
export type { Result } from './text-query.js';
export type { Value } from './value.js';
export { isWithin, mostly } from './within.js';
export { adHocStatement, statement, type Statement, type Violations } from './statement.js';
