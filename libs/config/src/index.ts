export { environmentSchema, type Config } from './config.js';
export { loadConfig } from './load-config.js';
export { isLoopback } from './loopback.js';
