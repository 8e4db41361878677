import { migrate, migrationStatus, type MigrationStatus } from '#database';
import { ExitCode } from './exit-codes.js';
import type { JsonOption } from './keys.js';
import { withDatabaseUrl } from './open-database.js';

const tell = (message: string): void => {
  console.error(message);
};

/** `modeldb migrate up` */
export async function migrateUp({ json = false }: JsonOption): Promise<number> {
  const ran = await withDatabaseUrl(tell, migrate);
  if (json) print(JSON.stringify({ migrated: ran }, undefined, 2));
  else if (ran.length === 0) print('The schema is up to date already.');
  else print([...ran.map((name) => `ran  ${name}`), 'The schema is up to date.'].join('\n'));
  return ExitCode.fine;
}

/** `modeldb migrate status` */
export async function showMigrations({ json = false }: JsonOption): Promise<number> {
  const status = await withDatabaseUrl(tell, migrationStatus);
  print(json ? JSON.stringify(status, undefined, 2) : statusText(status));
  const isCurrent = status.pending.length === 0 && status.unknown.length === 0;
  return isCurrent ? ExitCode.fine : ExitCode.found;
}

function statusText({ done, pending, unknown }: MigrationStatus): string {
  return [
    ...done.map((name) => `done     ${name}`),
    ...pending.map((name) => `pending  ${name}`),
    ...unknown.map((name) => `newer    ${name}`),
    ...(pending.length > 0 ? ['To run those that are pending: modeldb migrate up'] : []),
    ...(unknown.length > 0 ? ['The schema is that of a newer release: use that one.'] : []),
  ].join('\n');
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
