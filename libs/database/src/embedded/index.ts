export type { EmbeddedPostgres } from './embedded-postgres.js';
export { joinEmbeddedPostgres } from './join-embedded-postgres.js';
export { startEmbeddedPostgres } from './start-embedded-postgres.js';
