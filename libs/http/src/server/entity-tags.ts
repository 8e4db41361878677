const TAG = /(W\/)?"([\x21\x23-\x7e\x80-\xff]*)"/g;

/** The tags of an `If-Match` header, without their quotes; absent when it is not there, or is `*`: any state will do. */
export function strongTags(header: string | undefined): readonly string[] | undefined {
  if (header === undefined || header.trim() === '*') return undefined;
  // A weak tag says nothing about what a change may rely on.
  return [...header.matchAll(TAG)].flatMap(([, weak, tag = '']) => (weak ? [] : [tag]));
}

/** Whether an `If-None-Match` header names the tag: the client has just this already. */
export function isKnown(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  return header.trim() === '*' || [...header.matchAll(TAG)].some(([, , known]) => known === tag);
}
