import { Injectable } from '@nestjs/common';
import { Database, statement } from '#database';
import { CursorSealer } from '#query';

const SECRET = statement(
  'paging.secret',
  `SELECT secret FROM service_secrets WHERE name = 'cursor'`,
);

/** Gives out the sealer of cursors. Its secret lies in the database, so cursors outlive restarts and work on all replicas. */
@Injectable()
export class Cursors {
  private known: CursorSealer | undefined;

  constructor(private readonly database: Database) {}

  async sealer(): Promise<CursorSealer> {
    if (this.known) return this.known;
    const row = await this.database.find<{ secret: string }>(SECRET, []);
    if (!row) throw new Error('There is no secret for cursors: the migrations are not complete.');
    this.known = new CursorSealer(Buffer.from(row.secret));
    return this.known;
  }
}
