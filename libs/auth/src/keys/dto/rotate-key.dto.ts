import { IntegerField } from '#http';

/** A month. */
const MAX_SECONDS = 2_678_400;

export class RotateKeyDto {
  @IntegerField({
    description:
      'For how many seconds the key is still good, so that its users can change to the new one.',
    minimum: 0,
    maximum: MAX_SECONDS,
    default: 86_400,
    example: 3600,
    optional: true,
  })
  overlap_seconds = 86_400;
}
