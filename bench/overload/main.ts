import { fire } from './fire.js';
import type { Task } from './task.js';

/** The load generator, in a process of its own: it takes its tasks from the parent, and ends with it. */
process.on('message', (task) => {
  void fire(task as Task).then((tally) => process.send?.(tally));
});
