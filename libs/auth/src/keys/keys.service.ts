import { Injectable } from '@nestjs/common';
import { originValue } from '#audit';
import { Database } from '#database';
import type { Origin } from '#http';
import { newApiKey } from './api-key.js';
import { keyEnded, keyNotFound } from './keys.errors.js';
import type { KeyRow, MadeKey, NewKey } from './keys.types.js';
import * as sql from './keys.sql.js';

/** API keys: made, listed, followed by another one, revoked. */
@Injectable()
export class KeysService {
  constructor(private readonly database: Database) {}

  async create({ name, role, expiresAt }: NewKey, origin: Origin): Promise<MadeKey> {
    const { id, digest, text } = newApiKey();
    const values = [id, digest, name, role, expiresAt, origin.actor, originValue(origin)];
    const row = await this.database.find<KeyRow>(sql.CREATE, values);
    if (!row) throw new Error('An INSERT has returned nothing.');
    return { row, text };
  }

  /**
   * Makes a key that takes the place of another one.
   * @param overlapSeconds - how long the other one is still good
   */
  async rotate(keyId: string, overlapSeconds: number, origin: Origin): Promise<MadeKey> {
    const { id, digest, text } = newApiKey();
    const made = [id, digest, keyId, origin.actor];
    const values = [...made, String(overlapSeconds), originValue(origin)];
    const row = await this.database.find<KeyRow>(sql.ROTATE, values);
    if (row) return { row, text };
    throw (await this.database.find(sql.BY_ID, [keyId])) ? keyEnded() : keyNotFound();
  }

  /** All there ever were, by time. */
  list(): Promise<KeyRow[]> {
    return this.database.query<KeyRow>(sql.LIST, []);
  }

  /** From a few seconds later on it is good on no replica. */
  async revoke(keyId: string, origin: Origin): Promise<KeyRow> {
    const row = await this.database.find<KeyRow>(sql.REVOKE, [keyId, originValue(origin)]);
    if (!row) throw keyNotFound();
    return row;
  }
}
