import { Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Database } from '#database';
import { Access, type Role } from '#http';
import { isSameDigest, keyIdOf, readDigest } from './api-key.js';
import type { KnownKey } from './keys.types.js';
import * as sql from './keys.sql.js';

/** How long a key is taken to be as it was: less than the five seconds after which a revoked one is good nowhere. */
const FRESH_MS = 3000;
/** Keys that are remembered, made-up ones too: those cost one look-up each, and no memory. */
const REMEMBERED = 10_000;
/** How often the caches look at the clock: each look sets a timer, which a busy service would do every millisecond. */
const CLOCK_MS = 100;
const USED_EVERY_MS = 60_000;

interface Entry {
  readonly key: KnownKey | undefined;
}

/** As the database has it. */
interface KeyWithRoles extends Omit<KnownKey, 'access' | 'digest'> {
  readonly digest: string;
  readonly role_on_everything: Role | null;
  readonly roles_on_projects: string | null;
}

const UNKNOWN: Entry = { key: undefined };

/** Tells which key a text is. Asks the database once in a few seconds for each key, however many requests it comes with. */
@Injectable()
export class KeyCache {
  private readonly logger = new Logger(KeyCache.name);
  private readonly entries = new LRUCache<string, Entry>({
    max: REMEMBERED,
    ttl: FRESH_MS,
    ttlResolution: CLOCK_MS,
    fetchMethod: async (keyId): Promise<Entry> => ({
      key: knownKey(await this.database.find<KeyWithRoles>(sql.BY_ID, [keyId])),
    }),
  });
  /** Keys that were good here at some time. */
  private readonly proven = new LRUCache<string, true>({ max: REMEMBERED });
  /** When the use of a key was written last, by this process. */
  private readonly used = new LRUCache<string, true>({
    max: REMEMBERED,
    ttl: USED_EVERY_MS,
    ttlResolution: CLOCK_MS,
  });

  constructor(private readonly database: Database) {}

  /**
   * @param digest - of the text
   * @param isSuspect - whether only keys that were good here before are to be looked up
   * @returns the key, if the text is one that is good now; at once where the key is known
   */
  find(
    text: string,
    digest: Buffer,
    isSuspect: () => Promise<boolean>,
  ): KnownKey | undefined | Promise<KnownKey | undefined> {
    const keyId = keyIdOf(text);
    if (keyId === undefined) return undefined;
    const entry = this.entries.get(keyId);
    if (entry) return this.check(entry, digest);
    return this.lookUp(keyId, isSuspect).then((fetched) => this.check(fetched, digest));
  }

  /** Whoever has a key that was good is not shut out by what others behind the same address send. */
  private async lookUp(keyId: string, isSuspect: () => Promise<boolean>): Promise<Entry> {
    if (!this.proven.has(keyId) && (await isSuspect())) return UNKNOWN;
    return this.entries.forceFetch(keyId);
  }

  /** Has what may be done with keys read again: it has changed. */
  forget(): void {
    this.entries.clear();
  }

  private check({ key }: Entry, digest: Buffer): KnownKey | undefined {
    if (!key || !isSameDigest(key.digest, digest) || hasEnded(key)) return undefined;
    if (!this.proven.has(key.key_id)) this.proven.set(key.key_id, true);
    this.note(key.key_id);
    return key;
  }

  /** Beside the request: it does not wait, and does not fail with it. */
  private note(keyId: string): void {
    if (this.used.has(keyId)) return;
    this.used.set(keyId, true);
    this.database.query(sql.USED, [keyId]).catch((error: unknown) => {
      this.used.delete(keyId);
      this.logger.warn({ msg: 'the use of a key could not be noted', key_id: keyId, err: error });
    });
  }
}

function knownKey(row: KeyWithRoles | undefined): KnownKey | undefined {
  if (!row) return undefined;
  const { role_on_everything: everywhere, roles_on_projects: onProjects, digest, ...key } = row;
  const byProject = onProjects === null ? {} : (JSON.parse(onProjects) as Record<string, Role>);
  return {
    ...key,
    digest: readDigest(digest),
    access: new Access(everywhere ?? undefined, new Map(Object.entries(byProject))),
  };
}

function hasEnded({ revoked_at: revokedAt, expires_at: expiresAt }: KnownKey): boolean {
  return revokedAt !== null || (expiresAt !== null && Date.parse(expiresAt) <= Date.now());
}
