import { Controller, Get, Inject } from '@nestjs/common';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import { Answers } from '#http';
import { RELEASE, type Release } from './release.js';

/** Documents what runs here. */
class VersionDto {
  @ApiProperty({ type: 'string', description: 'Of Model DB.', example: '0.1.0' })
  version!: string;

  @ApiProperty({ type: 'string', description: 'Of Node.js.', example: '20.19.0' })
  node!: string;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'What it was built from; `null`: the build has not said so.',
    example: '3f2a9c1',
  })
  commit!: string | null;
}

@ApiTags('Health')
@Controller('version')
export class VersionController {
  private readonly answer: string;

  constructor(@Inject(RELEASE) { version, commit }: Release) {
    const { node } = process.versions;
    const answer: VersionDto = { version, node, commit: commit ?? null };
    this.answer = JSON.stringify(answer);
  }

  @Get()
  @Answers({
    id: 'getVersion',
    needs: 'nothing',
    summary: 'Which release runs here',
    answer: 'The versions.',
    ok: VersionDto,
    standsAlone: true,
  })
  get() {
    return this.answer;
  }
}
