import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';

/** What a caller may do: each may what those before it may. A viewer reads, an editor writes, an admin says who may. */
export const ROLES = ['viewer', 'editor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Whom a route serves: callers of a role and those above it, any caller that is known, or everybody. */
export type Needs = Role | 'caller' | 'nothing';

/** Who sends a request. */
export interface Caller {
  /** Names the caller in logs and records: `key:…`, `oidc:…`. */
  readonly subject: string;
  /** `null`: none, so that only routes that need no more than a caller serve it. */
  readonly role: Role | null;
  /** How the caller has shown who it is. */
  readonly method: 'none' | 'admin_key' | 'api_key' | 'oidc';
  /** Of an API key. */
  readonly keyId?: string;
  /** What people call the caller. */
  readonly name?: string;
  /** Of a token: those that its issuer says the caller is in. */
  readonly groups?: readonly string[];
}

/** What a route says of its callers. */
interface Policy {
  readonly needs?: Needs;
}

/** For a route that says nothing but what everybody may know. */
export const NEEDS_NOTHING: Policy = { needs: 'nothing' };

/** Says on a route whom it serves. A route that does not say it serves nobody. */
export function servesThose(needs: Needs): MethodDecorator {
  return RouteConfig({ needs } satisfies Policy);
}

/** What the route of a request needs; `undefined` where nothing is said. */
export function needsOf({ routeOptions }: FastifyRequest): Needs | undefined {
  return (routeOptions.config as Policy).needs;
}

/** Whether a role is the needed one or above it. */
export function mayAct(role: Role | null, needed: Role): boolean {
  return role !== null && ROLES.indexOf(role) >= ROLES.indexOf(needed);
}
