import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';

/** What a caller may do: each may what those before it may. A viewer reads, an editor writes, an admin says who may. */
export const ROLES = ['viewer', 'editor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Whom a route serves: callers of a role and those above it, any caller that is known, or everybody. */
export type Needs = Role | 'caller' | 'nothing';

/** Who sends a request. */
export interface Caller {
  /** Names the caller in logs and records: `key:…`. */
  readonly subject: string;
  readonly role: Role;
  /** How the caller has shown who it is. */
  readonly method: 'none' | 'admin_key' | 'api_key';
  /** Of an API key. */
  readonly keyId?: string;
  /** What people call the caller. */
  readonly name?: string;
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
export function mayAct(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}
