import pg from 'pg';

type Query = (this: pg.Client, ...values: unknown[]) => unknown;

/**
 * Counts what the service's connections are asked while the work goes on. Every statement of the process counts, so
 * nothing else may be under way; connections have to be there already, since making one takes a statement, too.
 */
export async function countStatements(work: () => Promise<unknown>): Promise<number> {
  const { prototype } = pg.Client;
  // Put back as it was, and called on the client it was asked of.
  const original = prototype.query as unknown as Query;
  let count = 0;
  const counting: Query = function (...values) {
    count += 1;
    return original.apply(this, values);
  };
  prototype.query = counting as unknown as typeof prototype.query;
  try {
    await work();
  } finally {
    prototype.query = original as unknown as typeof prototype.query;
  }
  return count;
}
