import { Global, Module, type DynamicModule } from '@nestjs/common';
import { PagingModule } from '#paging';
import { EventReader } from './events/event-reader.js';
import { EventsController } from './events/events.controller.js';
import { HistoryReader } from './history/history-reader.js';
import { SEAL_SECONDS, SealingService } from './seals/sealing.service.js';

/** What was changed, and by whom, for the whole service. */
@Global()
@Module({})
export class AuditModule {
  /** @param sealSeconds - how often events are sealed */
  static forRoot(sealSeconds: number): DynamicModule {
    return {
      module: AuditModule,
      imports: [PagingModule],
      controllers: [EventsController],
      providers: [
        EventReader,
        HistoryReader,
        SealingService,
        { provide: SEAL_SECONDS, useValue: sealSeconds },
      ],
      exports: [HistoryReader],
    };
  }
}
