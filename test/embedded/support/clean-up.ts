import { afterEach } from '@jest/globals';

const tasks: (() => Promise<void>)[] = [];

/** Does something after the test, whether it passed or not; the last first. */
export function onCleanUp(task: () => Promise<void>): void {
  tasks.push(task);
}

afterEach(async () => {
  const failures: unknown[] = [];
  for (let task = tasks.pop(); task; task = tasks.pop())
    await task().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw new AggregateError(failures, 'Cleaning up failed');
});
