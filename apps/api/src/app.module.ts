import { Module, type DynamicModule } from '@nestjs/common';
import { DatabaseModule, type ServiceDatabaseConfig } from '#database';
import { ExperimentModule } from '#experiment';
import { HealthModule } from '#health';
import { HttpModule } from '#http';
import { ModelModule } from '#model';
import { ProjectModule } from '#project';

/** The whole service. */
@Module({})
export class AppModule {
  static forRoot(database: ServiceDatabaseConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        HttpModule,
        DatabaseModule.forRoot(database),
        ProjectModule,
        ModelModule,
        ExperimentModule,
        HealthModule,
      ],
    };
  }
}
