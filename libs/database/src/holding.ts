import type { Connections } from './connections.js';
import { translateError } from './errors/translate-error.js';
import type { Statement } from './statement.js';
import type { Value } from './value.js';

/** Does work while a transaction holds what `lock` has locked; `last` ends it. Not repeated: the work may have been done. */
export async function runHolding<Row extends object>(
  connections: Connections,
  { lock, last }: { readonly lock: Statement; readonly last: Statement },
  values: readonly Value[],
  work: (row: Row) => Promise<void>,
): Promise<Row | undefined> {
  return connections.use(async (client) => {
    const run = async <Answer extends object>(statement: Statement): Promise<Answer[]> => {
      try {
        return (await connections.run<Answer>(client, statement, values)).rows;
      } catch (error) {
        throw translateError(error, statement);
      }
    };
    await connections.begin(client);
    try {
      const [row] = await run<Row>(lock);
      if (row) {
        await work(row);
        await run(last);
      }
      await client.query('COMMIT');
      return row;
    } catch (error) {
      // A connection that is lost has undone it by itself.
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  });
}
