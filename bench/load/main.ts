import { fire } from './fire.js';
import type { Turn } from './turn.js';

/** The load generator, in a process of its own: it takes its turns from the parent, and ends with it. */
process.on('message', (turn) => {
  void fire(turn as Turn).then((outcome) => process.send?.(outcome));
});
