/** How long things may be, in characters (Unicode code points). They are published in the OpenAPI document. */
export const limits = {
  name: 255,
  description: 10_000,
  /** A dataset's name or location. */
  dataset: 4096,
  tagKey: 255,
  tagValue: 5000,
} as const;
