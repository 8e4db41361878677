import { it } from '@jest/globals';

const isRoot = process.getuid?.() === 0;

/** A test that only root can make. */
export const whenRoot = isRoot ? it : it.skip;

/** A user other than root: ourselves, unless we are root. */
export const nobody = isRoot
  ? { uid: 65_534, gid: 65_534 }
  : { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
