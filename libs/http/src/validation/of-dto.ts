/** A class whose fields say what a request may hold. */
export type Dto = new () => object;

/** Finds something out about a class once: its fields do not change any more when the first request comes. */
export function ofDto<Found>(find: (dto: Dto) => Found): (dto: Dto) => Found {
  const found = new WeakMap<Dto, { readonly value: Found }>();
  return (dto) => {
    let known = found.get(dto);
    if (!known) found.set(dto, (known = { value: find(dto) }));
    return known.value;
  };
}
