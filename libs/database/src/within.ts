/**
 * The condition that something belongs to one of the projects that are given.
 * @param projectId - SQL of its project
 * @param projects - the parameter that holds the ids of projects as `text[]`, null for all there are
 */
export function isWithin(projectId: string, projects: string): string {
  return `(${projects}::text[] IS NULL OR ${projectId} = ANY (${projects}::text[]))`;
}

/**
 * A condition, taken by PostgreSQL to hold for nearly every row, so that it walks along an order instead of collecting the
 * few rows that it expects and sorting them.
 */
export function mostly(condition: string): string {
  return `num_nulls(CASE WHEN ${condition} THEN NULL ELSE 1 END) <> 0`;
}
