import { expect, it } from '@jest/globals';
import { remembered } from '#telemetry';

it('does the work once for all who ask, and again when its outcome is too old', async () => {
  let now = 0;
  let count = 0;
  const finish: (() => void)[] = [];
  const ask = remembered(
    () =>
      new Promise<number>((resolve) => {
        count += 1;
        const result = count;
        finish.push(() => {
          resolve(result);
        });
      }),
    1000,
    () => now,
  );
  const both = Promise.all([ask(), ask()]);
  // However long the work takes, it is not done twice at once.
  now = 5000;
  const third = ask();
  finish[0]?.();
  expect([await both, await third]).toEqual([[1, 1], 1]);
  now = 5999;
  expect(await ask()).toBe(1);
  now = 6000;
  const again = ask();
  finish[1]?.();
  expect(await again).toBe(2);
});

it('remembers a failure just as long', async () => {
  let now = 0;
  let count = 0;
  const ask = remembered(
    () => Promise.reject(new Error(`failure ${String(++count)}`)),
    1000,
    () => now,
  );
  await expect(ask()).rejects.toThrow('failure 1');
  now = 999;
  await expect(ask()).rejects.toThrow('failure 1');
  now = 1000;
  await expect(ask()).rejects.toThrow('failure 2');
});
