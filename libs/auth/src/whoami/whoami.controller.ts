import { Controller, Get } from '@nestjs/common';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import { Answers, Calling, ROLES, type Caller, type JsonText, type Role } from '#http';

/** Documents who a request comes from. */
class WhoamiDto {
  @ApiProperty({
    type: 'string',
    description: 'Names the caller.',
    example: 'key:9f86d081884c7d65',
  })
  subject!: string;

  @ApiProperty({
    enum: ROLES,
    nullable: true,
    description: 'On everything; `null`: none.',
    example: null,
  })
  role!: Role | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string', enum: [...ROLES] },
    description: 'On projects, by their ids: what the caller may do there besides.',
    example: { '0198f2a4-7c1e-7d3b-9a55-2f6f0c1e8b7a': 'editor' },
  })
  project_roles!: Record<string, Role>;

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
    const { subject, access, method, keyId = null, name = null, groups = null } = caller;
    return JSON.stringify({
      subject,
      role: access.everywhere ?? null,
      project_roles: Object.fromEntries(access.byProject),
      method,
      key_id: keyId,
      name,
      groups,
    } satisfies WhoamiDto);
  }
}
