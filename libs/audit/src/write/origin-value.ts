import type { Origin } from '#http';

/** An {@link Origin} as the one value that statements take of it, a `text[]`. */
export function originValue(origin: Origin): (string | null)[] {
  const { actor, method, keyId = null, requestId = null, address = null } = origin;
  return [actor, method, keyId, requestId, address];
}
