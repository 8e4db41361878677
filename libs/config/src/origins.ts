import { z } from 'zod';

const MESSAGE =
  'must be origins as browsers send them, such as https://app.example.com,http://localhost:3000';

/** Origins with commas between them, each exactly as a browser sends it in `Origin`. */
export const origins = z
  .string()
  .transform((text) => text.split(',').map((origin) => origin.trim()))
  .refine((list) => list.every(isOrigin), MESSAGE);

/** A `*` stands in none: what any page may call from within a network is open to all who lure somebody there to theirs. */
function isOrigin(text: string): boolean {
  return /^https?:[^*]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}
