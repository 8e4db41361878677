import type { Origin } from '#http';

/** Where changes come from that are made here: whoever can reach the database may make them. */
export const COMMAND_LINE: Origin = { actor: 'command line', method: 'command_line' };
