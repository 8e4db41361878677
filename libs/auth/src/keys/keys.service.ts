import { Injectable } from '@nestjs/common';
import { originValue } from '#audit';
import { Database } from '#database';
import type { CodedError } from '#errors';
import type { Origin } from '#http';
import { newApiKey } from './api-key.js';
import { keyEnded, keyNotFound, unknownProjects } from './keys.errors.js';
import type { KeyRow, MadeKey, NewKey } from './keys.types.js';
import * as sql from './keys.sql.js';

/** API keys: made, listed, followed by another one, revoked. */
@Injectable()
export class KeysService {
  constructor(private readonly database: Database) {}

  async create({ name, role, projectIds, expiresAt }: NewKey, origin: Origin): Promise<MadeKey> {
    const { id, digest, text } = newApiKey();
    const made = [id, digest, name, role, expiresAt, origin.actor, projectIds];
    const values = [...made, originValue(origin)];
    const row = await this.database.find<KeyRow>(sql.CREATE, values);
    if (!row) throw await this.unknownProjects(projectIds);
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

  private async unknownProjects(projectIds: readonly string[] | null): Promise<CodedError> {
    const unknown = await this.database.query<{ position: string }>(sql.UNKNOWN_PROJECTS, [
      projectIds,
    ]);
    return unknownProjects(
      unknown.map(({ position }) => ({
        path: `project_ids[${String(Number(position) - 1)}]`,
        message: 'is no project',
      })),
    );
  }

  /** From a few seconds later on it is good on no replica. */
  async revoke(keyId: string, origin: Origin): Promise<KeyRow> {
    const row = await this.database.find<KeyRow>(sql.REVOKE, [keyId, originValue(origin)]);
    if (!row) throw keyNotFound();
    return row;
  }
}
