import type { ClientConfig } from 'pg';
import { RowClient } from '../wire/row-client.js';

/** What PostgreSQL tells of a setting while a connection is made, and when it changes. */
interface ParameterStatus {
  readonly parameterName: string;
  readonly parameterValue: string;
}

/** A connection that knows whether its server takes writes. */
export class SessionClient extends RowClient {
  private readonly told = new Map<string, string>();

  constructor(config?: ClientConfig) {
    super(config);
    this.connection.on('parameterStatus', ({ parameterName, parameterValue }: ParameterStatus) => {
      this.told.set(parameterName, parameterValue);
    });
    // One that is lost says so to whoever uses it, too.
    this.on('error', () => undefined);
  }

  /** PostgreSQL says it of itself while connecting; what stands in between may keep it back, and then it is asked. */
  async takesWrites(): Promise<boolean> {
    const isStandby = this.told.get('in_hot_standby');
    const isReadOnly = this.told.get('default_transaction_read_only');
    if (isStandby !== undefined && isReadOnly !== undefined) {
      return isStandby === 'off' && isReadOnly === 'off';
    }
    const { rows } = await this.query<{ transaction_read_only: string }>(
      'SHOW transaction_read_only',
    );
    return rows[0]?.transaction_read_only === 'off';
  }
}
