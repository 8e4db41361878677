/** The pages of a list that has been read already: one, or none if it is empty. */
export async function* once<Row>(page: Row[]): AsyncGenerator<Row[], void, void> {
  if (page.length > 0) yield await Promise.resolve(page);
}
