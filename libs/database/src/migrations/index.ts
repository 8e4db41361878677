import { Initial1764000000000 } from './1764000000000-initial.js';

/** Every migration, oldest first. A release adds to the end and never changes what is there. */
export const migrations = [Initial1764000000000];
