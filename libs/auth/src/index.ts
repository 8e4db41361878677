export { AuthModule } from './auth.module.js';
export type { AuthSettings } from './auth-settings.js';
export { GateService } from './gate/gate.service.js';
export { KeyCache } from './keys/key-cache.js';
export { KeysService } from './keys/keys.service.js';
export type { KeyRow, MadeKey } from './keys/keys.types.js';
