import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits until something is there, and returns it.
 *
 * @throws Error when it does not come within 20 s
 */
export async function until<T>(
  look: () => T | Promise<T>,
  what: string,
): Promise<Exclude<T, undefined | null | false>> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== null && found !== false)
      return found as Exclude<T, undefined | null | false>;
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}`);
    await delay(20);
  }
}
