import { Global, Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AUTH_SETTINGS, type AuthSettings } from './auth-settings.js';
import { GateService } from './gate/gate.service.js';
import { ApiKeyEntity } from './keys/api-key.entity.js';
import { KeyCache } from './keys/key-cache.js';
import { KeysController } from './keys/keys.controller.js';
import { KeysService } from './keys/keys.service.js';
import { TokensService } from './oidc/tokens.service.js';
import { RememberedRoles } from './roles/remembered-roles.js';
import { RolesOfUsers } from './roles/roles-of-users.js';
import { WhoamiController } from './whoami/whoami.controller.js';

/** Who is calling, and what they may do. */
@Global()
@Module({})
export class AuthModule {
  static forRoot(settings: AuthSettings): DynamicModule {
    return {
      module: AuthModule,
      imports: [TypeOrmModule.forFeature([ApiKeyEntity])],
      controllers: [KeysController, WhoamiController],
      providers: [
        GateService,
        KeyCache,
        KeysService,
        TokensService,
        RolesOfUsers,
        RememberedRoles,
        { provide: AUTH_SETTINGS, useValue: settings },
      ],
      exports: [GateService, RememberedRoles],
    };
  }
}
