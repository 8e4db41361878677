/** The pages of a list that has been read already: one, or none if it is empty. */
export async function* once<Row>(page: readonly Row[]): AsyncGenerator<readonly Row[], void, void> {
  if (page.length > 0) yield await Promise.resolve(page);
}
