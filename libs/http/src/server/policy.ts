import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyContextConfig, FastifyRequest } from 'fastify';
import type { Access, Role } from './access.js';

/**
 * Whom a route serves: callers with a role, or one above it, on what the request is about; `administrator`: admins of
 * everything; any caller that is known; or everybody.
 */
export type Needs = Role | 'administrator' | 'caller' | 'nothing';

/** Who sends a request. */
export interface Caller {
  /** Names the caller in logs and records: `key:…`, `user:…`. */
  readonly subject: string;
  readonly access: Access;
  /** How the caller has shown who it is. */
  readonly method: 'none' | 'admin_key' | 'api_key' | 'oidc';
  /** Of an API key. */
  readonly keyId?: string;
  /** What people call the caller. */
  readonly name?: string;
  /** Of a token: those that its issuer says the caller is in. */
  readonly groups?: readonly string[];
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whom the route serves. */
    readonly needs?: Needs;
  }
}

/** What a route says of its callers. */
type Policy = Pick<FastifyContextConfig, 'needs'>;

/** For a route that says nothing but what everybody may know. */
export const NEEDS_NOTHING: Policy = { needs: 'nothing' };

/** Says on a route whom it serves. A route that does not say it serves nobody. */
export function servesThose(needs: Needs): MethodDecorator {
  return RouteConfig({ needs } satisfies Policy);
}

/** What the route of a request needs; `undefined` where nothing is said. */
export function needsOf({ routeOptions }: FastifyRequest): Needs | undefined {
  return routeOptions.config.needs;
}

/** Whether a route that needs this may go on: on what exactly it needs a role is known to the route alone. */
export function mayPass(access: Access, needs: Needs): boolean {
  if (needs === 'nothing' || needs === 'caller') return true;
  return needs === 'administrator' ? access.hasEverywhere('admin') : access.hasSomewhere(needs);
}

/** All names by which a caller can be given a role. */
export function namesOf({ subject, groups = [] }: Caller): string[] {
  return [subject, ...groups.map((group) => `group:${group}`)];
}

/** By which name a caller can be given a role on a project; null: it has every role already. */
export function grantee({ subject, access }: Caller): string | null {
  return access.hasEverywhere('admin') ? null : subject;
}
