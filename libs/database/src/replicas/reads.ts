import { Injectable } from '@nestjs/common';
import { Database } from '../database.js';
import { SearchDatabase } from '../search-database.js';
import type { Readable } from './replica.js';
import { ReplicaView } from './replica-view.js';
import { Replicas } from './replicas.js';

/**
 * Lists, searches, rankings, comparisons and statistics: what may be answered by a replica. What must see everything that is
 * written (a record by its id or name, whoever may do what, whatever a write looks at) asks {@link Database} itself.
 */
@Injectable()
export class Reads {
  private readonly primary: Readable;

  constructor(
    records: Database,
    searches: SearchDatabase,
    private readonly replicas: Replicas,
  ) {
    this.primary = { records, searches };
  }

  /**
   * Where the statements of one request are run. They never go back in time: all are answered by one replica or, from the first
   * one on that it cannot answer, by the primary.
   * @param time - in milliseconds of `performance.now()`: what was written until then has to be seen
   */
  since(time: number): Readable {
    const replica = this.replicas.pick(time);
    if (!replica) return this.primary;
    return new ReplicaView(replica, this.primary, () => this.replicas.mayServe(replica, time));
  }

  /** As {@link since}, for one question; what a replica does not find, the primary is asked for: nothing is called missing that is there. */
  async ask<Answer>(
    time: number,
    question: (database: Readable) => Promise<Answer>,
    isFound: (answer: Answer) => boolean,
  ): Promise<Answer> {
    const view = this.since(time);
    const answer = await question(view);
    return view === this.primary || isFound(answer) ? answer : question(this.primary);
  }
}
