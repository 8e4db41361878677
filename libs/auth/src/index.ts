export { AuthModule } from './auth.module.js';
export type { AuthSettings } from './auth-settings.js';
export { GateService } from './gate/gate.service.js';
export { discoveryUrl } from './oidc/fetch-keys.js';
export { RememberedRoles } from './roles/remembered-roles.js';
export { KeysService } from './keys/keys.service.js';
export type { KeyRow, MadeKey } from './keys/keys.types.js';
