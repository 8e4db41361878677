/** What every experiment of an answer has once, and none of those from `bench:fill` twice. */
const MARK = Buffer.from('"experiment_id":');

/** Counts the experiments of an answer as it comes, without keeping it. */
export async function countRows(
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ rows: number; bytes: number }> {
  let rows = 0;
  let bytes = 0;
  let rest: Uint8Array = Buffer.alloc(0);
  for await (const chunk of chunks) {
    bytes += chunk.length;
    const seen = Buffer.concat([rest, chunk]);
    let at = seen.indexOf(MARK);
    for (; at !== -1; at = seen.indexOf(MARK, at + MARK.length)) rows += 1;
    // A mark may lie across two chunks; a whole one does not fit in here.
    rest = seen.subarray(Math.max(0, seen.length - MARK.length + 1));
  }
  return { rows, bytes };
}
