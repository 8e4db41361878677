export { environmentSchema, type Config } from './config.js';
export { oneUrlPerHost } from './database-hosts.js';
export { loadConfig } from './load-config.js';
export { isLoopback } from './loopback.js';
export type { OidcConfig } from './oidc.js';
export { isSafeUrl } from './safe-url.js';
