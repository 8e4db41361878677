/** How long a metric's name may be, in characters. */
export const METRIC_KEY_LENGTH = 250;
/** Points of one request. */
export const MAX_POINTS = 10_000;
/** Points that are asked for of one metric: fewer could not show where it begins and ends, is lowest, highest, and no number. */
export const REDUCED_POINTS = { min: 5, max: 10_000 };
/** Experiments whose metrics are asked for together. */
export const MAX_EXPERIMENTS = 20;
/** Metrics that are asked for by name. */
export const MAX_KEYS = 100;
