import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { servesThose } from '#http';
import { MetricsService } from './metrics.service.js';

const TEXT = 'text/plain; version=0.0.4; charset=utf-8';

/** For Prometheus, not for clients: hence not in the OpenAPI document. */
@ApiExcludeController()
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: MetricsService) {}

  /** A viewer of anything will do, a project without records as well: there is nothing of a record here. */
  @Get()
  @servesThose('viewer')
  @Header('content-type', TEXT)
  get(): Promise<string> {
    return this.metrics.text();
  }
}

/** The same for everybody. */
@ApiExcludeController()
@Controller('metrics')
export class OpenMetricsController {
  constructor(private readonly metrics: MetricsService) {}

  @Get()
  @servesThose('nothing')
  @Header('content-type', TEXT)
  get(): Promise<string> {
    return this.metrics.text();
  }
}
