import { loadConfig, type Config } from '#config';
import { connect, migrationStatus, type Database } from '#database';
import { StartupError } from '#errors';
import { areNumbersAside } from '../legacy/bulk.js';
import { withDatabaseUrl } from '../open-database.js';
import { BLOAT_FROM_BYTES, checkBloat } from './check-bloat.js';
import { checkAudit, checkNumbers, type Watch } from './check-data.js';
import { checkReplicas } from './check-replicas.js';
import { checkSchema } from './check-schema.js';
import { checkServer } from './check-server.js';
import { Findings, type Check, type Diagnosis, type Finding } from './finding.js';

export interface DiagnoseOptions extends Watch {
  /** Leaves out what looks at all records. */
  readonly quick: boolean;
  readonly bloatFromBytes?: number;
}

/** Looks at an installation, and changes nothing of it. */
export async function diagnose(
  environment: NodeJS.ProcessEnv,
  options: DiagnoseOptions,
): Promise<Diagnosis> {
  const diagnosis = new Examination(options);
  await diagnosis.run(environment);
  return diagnosis;
}

class Examination implements Diagnosis {
  readonly checked: Check[] = [];
  readonly findings: Finding[] = [];

  constructor(private readonly options: DiagnoseOptions) {}

  async run(environment: NodeJS.ProcessEnv): Promise<void> {
    const config = this.attempt(
      'configuration',
      'Set the variables as the README describes them.',
      () => loadConfig(environment),
    );
    if (!config) return;
    try {
      await withDatabaseUrl(this.options.show, (url) => this.examine(url, config), config);
    } catch (error) {
      this.refusal(
        'database',
        error,
        'Start PostgreSQL, or correct DATABASE_URL or MODELDB_DATA_DIR.',
      );
    }
  }

  private async examine(databaseUrl: string, config: Config): Promise<void> {
    const { pending, unknown } = await migrationStatus(databaseUrl, config);
    this.checked.push('database');
    const found = new Findings('migrations');
    if (unknown.length > 0)
      found.problem(
        `The schema is that of a newer release (${unknown.join(', ')}).`,
        'Use that release.',
      );
    if (pending.length > 0)
      found.problem(`Migrations are pending: ${pending.join(', ')}.`, 'modeldb migrate up');
    this.add('migrations', found.list);
    // Without all tables, there is nothing to compare with.
    if (pending.length > 0) return;
    await using connection = await connect({ ...config, databaseUrl, poolSize: 1 });
    this.findings.push(...(await checkReplicas(databaseUrl, config)));
    await this.examineTables(connection.database, config);
  }

  private async examineTables(database: Database, config: Config): Promise<void> {
    const { quick, bloatFromBytes = BLOAT_FROM_BYTES } = this.options;
    this.add('server', await checkServer(database, config));
    const isSetAside = await areNumbersAside(database);
    this.add('schema', await checkSchema(database, isSetAside));
    this.add('bloat', await checkBloat(database, bloatFromBytes));
    if (quick) return;
    // Of numbers that are not filled in yet is told already.
    if (!isSetAside) this.add('numbers', await checkNumbers(database, this.options));
    this.add('audit', await checkAudit(database, this.options));
  }

  private attempt<Result>(check: Check, remedy: string, work: () => Result): Result | undefined {
    try {
      const result = work();
      this.checked.push(check);
      return result;
    } catch (error) {
      this.refusal(check, error, remedy);
      return undefined;
    }
  }

  /** @throws what is not a reason for not starting: it is a fault of ours, or the end of the database in between */
  private refusal(check: Check, error: unknown, remedy: string): void {
    if (!(error instanceof StartupError)) throw error;
    this.add(check, [{ check, severity: 'problem', message: error.message, remedy }]);
  }

  private add(check: Check, findings: readonly Finding[]): void {
    this.checked.push(check);
    this.findings.push(...findings);
  }
}
