import type { LegacySource } from './legacy-source.js';

/** Opens what the old service has kept its records in: the URL of a PostgreSQL, or a SQLite file. */
export async function openSource(place: string): Promise<LegacySource> {
  if (/^postgres(?:ql)?(?:\+\w+)?:/.test(place)) {
    const { PostgresSource } = await import('./postgres-source.js');
    // As SQLAlchemy writes it, with its driver, it is understood as well.
    return PostgresSource.open(place.replace(/^postgres(?:ql)?(?:\+\w+)?:/, 'postgresql:'));
  }
  const { SqliteSource } = await import('./sqlite-source.js');
  // Three slashes lead to a relative path, four to an absolute one.
  return SqliteSource.open(place.replace(/^sqlite:\/\/\//, ''));
}
