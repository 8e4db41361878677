const PAGE_SIZES = [10, 25, 50, 100, 200, 500, 1000];

/**
 * How many rows a statement reads for a page. Few statements serve all limits, so that they can stay prepared; what is
 * read too much is not sent.
 */
export function pageSize(limit: number): number {
  return PAGE_SIZES.find((size) => size >= limit) ?? limit;
}
