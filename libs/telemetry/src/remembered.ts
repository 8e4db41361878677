/**
 * Does the work once for all who ask at about the same time: one at a time is under way, and how it came out, a failure too,
 * holds for a while. So however often somebody asks, the work is done no more often than that.
 * @param ms - how long
 */
export function remembered<Result>(
  work: () => Promise<Result>,
  ms: number,
  now = (): number => performance.now(),
): () => Promise<Result> {
  let outcome: Promise<Result> | undefined;
  let end = 0;
  return () => {
    if (outcome && now() < end) return outcome;
    const settle = (): void => {
      end = now() + ms;
    };
    end = Infinity;
    outcome = work();
    outcome.then(settle, settle);
    return outcome;
  };
}
