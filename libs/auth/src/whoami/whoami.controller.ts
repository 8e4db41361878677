import { Controller, Get } from '@nestjs/common';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import { Answers, Calling, ROLES, type Caller, type JsonText } from '#http';

/** Documents who a request comes from. */
class WhoamiDto {
  @ApiProperty({
    type: 'string',
    description: 'Names the caller.',
    example: 'key:9f86d081884c7d65',
  })
  subject!: string;

  @ApiProperty({
    enum: [...ROLES, null],
    nullable: true,
    description:
      'What the caller may do. `null`: nothing but this, for the token names no group that has a role.',
    example: 'editor',
  })
  role!: Caller['role'];

  @ApiProperty({
    enum: ['none', 'admin_key', 'api_key', 'oidc'],
    description: 'How the caller has shown who it is. `none`: the service is open on this machine.',
    example: 'api_key',
  })
  method!: Caller['method'];

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Of an API key.',
    example: '9f86d081884c7d65',
  })
  key_id!: string | null;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'What the key is called, or the bearer of the token.',
    example: 'nightly training',
  })
  name!: string | null;

  @ApiProperty({
    type: [String],
    nullable: true,
    description: 'Of an access token: the groups that it names.',
    example: null,
  })
  groups!: readonly string[] | null;
}

@ApiTags('Access')
@Controller('auth/whoami')
export class WhoamiController {
  @Get()
  @Answers({
    id: 'whoami',
    needs: 'caller',
    summary: 'Who the request comes from',
    ok: WhoamiDto,
  })
  get(@Calling() caller: Caller): JsonText {
    const { subject, role, method, keyId = null, name = null, groups = null } = caller;
    return JSON.stringify({
      subject,
      role,
      method,
      key_id: keyId,
      name,
      groups,
    } satisfies WhoamiDto);
  }
}
