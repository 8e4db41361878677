/** How long things may be, in characters (Unicode code points). They are published in the OpenAPI document. */
export const limits = {
  name: 255,
  description: 10_000,
  /** A dataset's name or location. */
  dataset: 4096,
  tagKey: 255,
  tagValue: 5000,
  /** Records of a batch. */
  batch: 1000,
  /** Rows of a page. */
  page: 1000,
  /** An id in a query string: no record has a longer one. */
  id: 255,
  /** A key, a user or a group, by its name. */
  member: 300,
  cursor: 32_768,
} as const;
