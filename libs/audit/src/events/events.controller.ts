import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { searchTooSlow } from '#database';
import { Answers, type LinkNextPage, NextPage, TakesLines, WantsLines, writeLines } from '#http';
import { writeList } from '#paging';
import { invalidCursor } from '#query';
import { AuditEventDto } from './dto/audit-event.dto.js';
import { EventsQuery } from './dto/events.query.js';
import { writeEvent } from './event.mapper.js';
import { EventReader } from './event-reader.js';

@ApiTags('Audit')
@Controller('audit/events')
export class EventsController {
  constructor(private readonly events: EventReader) {}

  @Get()
  @TakesLines()
  @Answers({
    id: 'listAuditEvents',
    needs: 'administrator',
    summary: 'What was changed, by whom, by time',
    description:
      'Every change of a project, a model, an experiment, its metrics, or an API key, written by the statement that made it. ' +
      'Nothing is ever changed here. Filters that are given hold together.',
    ok: [AuditEventDto],
    isPaged: true,
    takesQuery: true,
    problems: [invalidCursor, searchTooSlow],
  })
  async list(
    @Query() query: EventsQuery,
    @NextPage() next: LinkNextPage,
    @WantsLines() wantsLines: boolean,
  ) {
    const { limit, cursor, order, ...filter } = query;
    const list = await this.events.read(filter, { limit, cursor, order });
    if (!wantsLines) return writeList(list, writeEvent, next);
    next(list.nextCursor);
    return writeLines(list.pages, writeEvent);
  }
}
