import { Controller, Get } from '@nestjs/common';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import { Answers } from '#http';

/** Documents the answer of a service that lives. */
class HealthDto {
  @ApiProperty({ enum: ['ok'], example: 'ok' })
  status!: 'ok';
}

@ApiTags('Health')
@Controller('health')
export class HealthController {
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
    return '{"status":"ok"}';
  }
}
