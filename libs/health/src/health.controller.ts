import { Controller, Get } from '@nestjs/common';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import { Answers } from '#http';
import { databaseAway, schemaOutdated, shuttingDown } from './readiness/readiness.errors.js';
import { ReadinessService } from './readiness/readiness.service.js';

/** Documents the answer of a service that lives, or is ready. */
class HealthDto {
  @ApiProperty({ enum: ['ok'], example: 'ok' })
  status!: 'ok';
}

const OK = '{"status":"ok"}';

@ApiTags('Health')
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: ReadinessService) {}

  /** Liveness only: it asks nobody, so a database that is away does not get the service restarted. */
  @Get()
  @Answers({
    id: 'getHealth',
    needs: 'nothing',
    summary: 'Whether the service lives',
    answer: 'It lives.',
    ok: HealthDto,
    standsAlone: true,
  })
  get() {
    return OK;
  }

  @Get('live')
  @Answers({
    id: 'getLiveness',
    needs: 'nothing',
    summary: 'Whether the service lives',
    description: 'As `/health`: nobody else is asked. A service that does not answer is restarted.',
    answer: 'It lives.',
    ok: HealthDto,
    standsAlone: true,
  })
  live() {
    return OK;
  }

  @Get('ready')
  @Answers({
    id: 'getReadiness',
    needs: 'nothing',
    summary: 'Whether requests should be sent to this process',
    description:
      'The database answers, it has every migration of this release, and the service is not being stopped. ' +
      'An answer holds for a second.',
    answer: 'They should.',
    ok: HealthDto,
    standsAlone: true,
    problems: [shuttingDown, databaseAway, schemaOutdated],
  })
  async ready() {
    await this.readiness.check();
    return OK;
  }
}
