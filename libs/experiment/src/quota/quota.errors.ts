import { CodedError } from '#errors';

const LIMITED = {
  experiments: { what: 'experiments', setting: 'QUOTA_EXPERIMENTS_PER_PROJECT' },
  points: { what: 'points of metrics', setting: 'QUOTA_POINTS_PER_PROJECT' },
} as const;

/** What there may be only so much of in a project. */
export type Limited = keyof typeof LIMITED;

/** The project is full: trying again does not help. */
export function quotaExceeded(limited: Limited = 'experiments', quota = 100_000): CodedError {
  const { what, setting } = LIMITED[limited];
  return new CodedError({
    kind: 'forbidden',
    code: 'QUOTA_EXCEEDED',
    detail:
      `A project may have ${String(quota)} ${what}, deleted ones included, and with this it would have more. ` +
      `An operator can raise ${setting}.`,
  });
}

/** By example, for the documentation of points. */
export function pointsQuotaExceeded(): CodedError {
  return quotaExceeded('points', 100_000_000);
}
