import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

const ID_BYTES = 8;
const SECRET_BYTES = 32;
const KEY = /^mdb_([0-9a-f]{16})_[\w-]{43}$/;

/** A key that has just been made: the only moment at which its text is known. */
export interface NewApiKey {
  readonly id: string;
  /** `mdb_`, the id, and 256 random bits. */
  readonly text: string;
  readonly digest: string;
}

export function newApiKey(): NewApiKey {
  const id = randomBytes(ID_BYTES).toString('hex');
  const text = `mdb_${id}_${randomBytes(SECRET_BYTES).toString('base64url')}`;
  return { id, text, digest: digestOf(text) };
}

/** The id in what may be a key; `undefined`: it is none. */
export function keyIdOf(text: string): string | undefined {
  return KEY.exec(text)?.[1];
}

/** What is kept of a secret. One SHA-256 is enough, and quick: a key cannot be guessed, as a password can. */
export function digestOf(text: string): string {
  return hash('sha256', text, 'base64url');
}

/** Compares digests in a time that tells nothing about them. */
export function isSameDigest(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
