import { Global, Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { connectionOptions, type ServiceDatabaseConfig } from './connection-options.js';
import { Database } from './database.js';
import { DatabaseProbe, PROBED_URL } from './database-probe.js';
import { Reads } from './replicas/reads.js';
import { REPLICA_SETTINGS, Replicas } from './replicas/replicas.js';
import { SearchDatabase, SEARCHES } from './search-database.js';
import { searchOptions } from './search-options.js';

/** Two pools of connections for the whole service: one for records, one for searches; and as many for each replica. */
@Global()
@Module({})
export class DatabaseModule {
  static forRoot(config: ServiceDatabaseConfig): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [
        TypeOrmModule.forRoot({
          ...connectionOptions(config, { plansOnce: true }),
          autoLoadEntities: true,
          retryAttempts: 0,
        }),
        TypeOrmModule.forRoot({
          ...connectionOptions(searchOptions(config), { poolName: SEARCHES }),
          name: SEARCHES,
          retryAttempts: 0,
        }),
      ],
      providers: [
        Database,
        SearchDatabase,
        DatabaseProbe,
        Replicas,
        Reads,
        { provide: REPLICA_SETTINGS, useValue: config },
        { provide: PROBED_URL, useValue: config.databaseUrl },
      ],
      exports: [Database, SearchDatabase, DatabaseProbe, Replicas, Reads],
    };
  }
}
