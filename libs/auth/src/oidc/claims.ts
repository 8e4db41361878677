import type { JWTPayload } from 'jose';
import type { OidcConfig } from '#config';
import type { Caller, Role } from '#http';

/** Can be kept and shown anywhere: no control characters, no half surrogate pairs, and as long as a name may be. */
const PLAIN = /^[^\p{Cc}\p{Cs}]{1,255}$/u;
const USER = 'user:';
const NAMES = ['name', 'preferred_username', 'email'] as const;

/** Who a token speaks of, and what the groups in it are good for by the configuration. */
export interface User extends Pick<Caller, 'subject' | 'name'> {
  readonly role: Role | undefined;
  readonly groups: readonly string[];
}

/**
 * The user that a verified token speaks of.
 * @returns `undefined` when it does not say who that is
 */
export function userFrom(claims: JWTPayload, config: OidcConfig): User | undefined {
  if (!isPlain(claims.sub)) return undefined;
  const name = NAMES.map((claim) => claims[claim]).find(isPlain);
  const groups = groupsIn(claims, config.groupsClaim);
  return {
    subject: `${USER}${claims.sub}`,
    role: roleOf(claims.sub, groups, config),
    groups,
    ...(name !== undefined && { name }),
  };
}

/** The highest that the user or one of the groups has. No group counts as a user, whatever its name. */
function roleOf(
  sub: string,
  groups: readonly string[],
  { viewers, editors, admins }: OidcConfig,
): Role | undefined {
  const isOneOf = (those: readonly string[]): boolean =>
    those.includes('*') ||
    those.includes(`${USER}${sub}`) ||
    groups.some((group) => !group.startsWith(USER) && those.includes(group));
  if (isOneOf(admins)) return 'admin';
  if (isOneOf(editors)) return 'editor';
  return isOneOf(viewers) ? 'viewer' : undefined;
}

/** A text is one group, also with spaces in it: parts of a name must not become groups. */
function groupsIn(claims: JWTPayload, path: string): readonly string[] {
  const found = valueAt(claims, path);
  return (Array.isArray(found) ? found : [found]).filter(isPlain);
}

/** Names of claims may have dots themselves (`https://id.example/groups`), so each dot may be the end of a name, or none. */
function valueAt(value: unknown, path: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Object.hasOwn(value, path)) return (value as Record<string, unknown>)[path];
  for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
    const name = path.slice(0, dot);
    if (!Object.hasOwn(value, name)) continue;
    const found = valueAt((value as Record<string, unknown>)[name], path.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

function isPlain(value: unknown): value is string {
  return typeof value === 'string' && PLAIN.test(value);
}
