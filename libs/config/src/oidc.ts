import { z } from 'zod';
import { isSafeUrl } from './safe-url.js';

/** What tokens may be signed with: never a shared secret, never nothing. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
] as const;
type Algorithm = (typeof ALGORITHMS)[number];

/** Stands for all groups, and for tokens without any. */
const EVERYBODY = '*';

/** Whose access tokens are taken, and what their bearers may do. */
export interface OidcConfig {
  /** As tokens and the discovery document have to say it, character for character. */
  readonly issuer: string;
  readonly audience: string;
  readonly algorithms: readonly string[];
  /** The claim that holds the groups; it may be below others, with dots in between. */
  readonly groupsClaim: string;
  /** The groups that have each role. */
  readonly viewers: readonly string[];
  readonly editors: readonly string[];
  readonly admins: readonly string[];
  /** By how much the clocks of the issuer and of this machine may differ. */
  readonly clockSkewSeconds: number;
}

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
);

const algorithms = list.refine(
  (names) => names.length > 0 && names.every((name) => ALGORITHMS.includes(name as Algorithm)),
  `must be one or more of ${ALGORITHMS.join(', ')}, with commas in between`,
);

const issuer = z
  .string()
  .refine(
    (text) => isSafeUrl(text) && !/[?#\s]/.test(text),
    'must be an https URL without user, query and fragment; http is for loopback hosts only',
  );

const admins = list.refine(
  (groups) => !groups.includes(EVERYBODY),
  'cannot have a *: everybody with a token could do everything',
);

const MAX_SKEW_SECONDS = 600;
const SKEW = `must be a whole number from 0 to ${String(MAX_SKEW_SECONDS)}`;

/** The environment variables of an issuer of tokens. */
export const oidcShape = {
  OIDC_ISSUER: issuer.optional(),
  OIDC_AUDIENCE: z.string().optional(),
  OIDC_ALGORITHMS: algorithms.prefault('RS256,PS256,ES256,EdDSA'),
  OIDC_GROUPS_CLAIM: z.string().default('groups'),
  OIDC_VIEWERS: list.optional(),
  OIDC_EDITORS: list.optional(),
  OIDC_ADMINS: admins.optional(),
  OIDC_CLOCK_SKEW_SECONDS: z
    .string()
    .regex(/^\d{1,3}$/, SKEW)
    .transform(Number)
    .refine((seconds) => seconds <= MAX_SKEW_SECONDS, SKEW)
    .default(30),
};
type OidcEnvironment = z.infer<z.ZodObject<typeof oidcShape>>;

const USELESS_ALONE = ['OIDC_AUDIENCE', 'OIDC_VIEWERS', 'OIDC_EDITORS', 'OIDC_ADMINS'] as const;

/**
 * Whose tokens are taken; `undefined`: nobody's.
 * @param tell - is told each problem: the variable, and what is wrong with it
 */
export function oidcOf(
  settings: OidcEnvironment,
  tell: (name: keyof OidcEnvironment, message: string) => void,
): OidcConfig | undefined {
  const { OIDC_ISSUER: from, OIDC_AUDIENCE: audience } = settings;
  if (from === undefined) {
    for (const name of USELESS_ALONE) {
      if (settings[name] !== undefined) tell(name, 'is of no use without OIDC_ISSUER');
    }
    return undefined;
  }
  if (audience === undefined) {
    tell('OIDC_AUDIENCE', 'is required with OIDC_ISSUER: tokens for others would be taken, too');
    return undefined;
  }
  return {
    issuer: from,
    audience,
    algorithms: settings.OIDC_ALGORITHMS,
    groupsClaim: settings.OIDC_GROUPS_CLAIM,
    viewers: settings.OIDC_VIEWERS ?? [],
    editors: settings.OIDC_EDITORS ?? [],
    admins: settings.OIDC_ADMINS ?? [],
    clockSkewSeconds: settings.OIDC_CLOCK_SKEW_SECONDS,
  };
}
