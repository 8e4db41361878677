import { withoutPassword } from './describe-connection-error.js';

const NOT_ALLOWED = '42501';

/** Why the schema could not be brought up to date, in one line. */
export function describeMigrationError(error: unknown, databaseUrl: string): string {
  const { code } = error as NodeJS.ErrnoException;
  const message = error instanceof Error ? error.message : String(error);
  const reason = message.replace(/\s+/g, ' ').trim();
  const place = withoutPassword(databaseUrl);
  if (code === NOT_ALLOWED) {
    return (
      `The user of DATABASE_URL may not bring the schema of ${place} up to date: ${reason}. ` +
      'Let the owner of the database run: GRANT CREATE ON SCHEMA public TO <that user>; tables that are there have to belong to it. ' +
      'Or let their owner run modeldb migrate up before each upgrade.'
    );
  }
  return `Cannot bring the schema of ${place} up to date: ${reason}.`;
}
