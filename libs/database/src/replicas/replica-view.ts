import { CodedError } from '#errors';
import { replicaReads } from '#telemetry';
import type { Readable, Replica } from './replica.js';

type Way = keyof Readable;
type Reading = Readable[Way];

/** What a replica says for the primary as well: that the question is too much, or wrong. All else may be its own fault. */
const OWN_FAULTS = new Set(['DATABASE_UNAVAILABLE', 'TOO_MUCH_CONTENTION']);

/** The statements of a request on a replica, until one fails there: that one, and those after it, are run on the primary. */
export class ReplicaView implements Readable {
  readonly records = this.reading('records');
  readonly searches = this.reading('searches');
  private isGivenUp = false;

  /** @param mayServe - whether the replica is still good enough */
  constructor(
    private readonly replica: Replica,
    private readonly primary: Readable,
    private readonly mayServe: () => boolean,
  ) {}

  private reading(way: Way): Reading {
    return {
      query: <Row extends object>(...given: Parameters<Reading['query']>) =>
        this.run(way, (database) => database.query<Row>(...given)),
      find: <Row extends object>(...given: Parameters<Reading['find']>) =>
        this.run(way, (database) => database.find<Row>(...given)),
      page: <Row extends object>(...given: Parameters<Reading['page']>) =>
        this.run(way, (database) => database.page<Row>(...given)),
    };
  }

  private async run<Answer>(
    way: Way,
    work: (database: Reading) => Promise<Answer>,
  ): Promise<Answer> {
    this.isGivenUp ||= !this.mayServe();
    if (this.isGivenUp) return work(this.primary[way]);
    const replica = String(this.replica.index);
    try {
      const answer = await work(this.replica.readable[way]);
      replicaReads.inc({ replica, outcome: 'answered' });
      return answer;
    } catch (error) {
      if (error instanceof CodedError && !OWN_FAULTS.has(error.code)) throw error;
      replicaReads.inc({ replica, outcome: 'repeated' });
      this.isGivenUp = true;
      return work(this.primary[way]);
    }
  }
}
