import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

const ID_BYTES = 8;
const SECRET_BYTES = 32;
const KEY = /^mdb_([0-9a-f]{16})_[\w-]{43}$/;

/** A key that has just been made: the only moment at which its text is known. */
export interface NewApiKey {
  readonly id: string;
  /** `mdb_`, the id, and 256 random bits. */
  readonly text: string;
  /** As it is kept. */
  readonly digest: string;
}

export function newApiKey(): NewApiKey {
  const id = randomBytes(ID_BYTES).toString('hex');
  const text = `mdb_${id}_${randomBytes(SECRET_BYTES).toString('base64url')}`;
  return { id, text, digest: writtenDigest(text) };
}

/** The id in what may be a key; `undefined`: it is none. */
export function keyIdOf(text: string): string | undefined {
  return KEY.exec(text)?.[1];
}

/**
 * What secrets are compared by. One SHA-256 is enough, and quick: a key cannot be guessed, as a password can.
 * By way of a string, because Node takes four times as long to make a buffer itself.
 */
export function digestOf(text: string): Buffer {
  return Buffer.from(hash('sha256', text, 'binary'), 'binary');
}

/** What is kept of a secret: {@link digestOf}, written down. */
export function writtenDigest(text: string): string {
  return digestOf(text).toString('base64url');
}

/** Reads what {@link writtenDigest} has written. */
export function readDigest(written: string): Buffer {
  return Buffer.from(written, 'base64url');
}

/** Compares digests in a time that tells nothing about them. */
export function isSameDigest(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}
