import { Global, Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ForgettingService, KEEP_HOURS } from './forgetting.service.js';
import { IdempotencyKeyEntity } from './idempotency-key.entity.js';
import { Writes } from './writes.js';

/** How writes are run, for the whole service. */
@Global()
@Module({})
export class IdempotencyModule {
  /** @param keepHours - how long answers are remembered */
  static forRoot(keepHours: number): DynamicModule {
    return {
      module: IdempotencyModule,
      imports: [TypeOrmModule.forFeature([IdempotencyKeyEntity])],
      providers: [Writes, ForgettingService, { provide: KEEP_HOURS, useValue: keepHours }],
      exports: [Writes],
    };
  }
}
