import type { IncomingHttpHeaders } from 'node:http';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { isWrongCredentials } from '#errors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Access } from './access.js';
import { needsOf, type Caller, type Needs } from './policy.js';

/** What is known of a request before its body is read. */
export interface Arrival {
  readonly headers: IncomingHttpHeaders;
  /** What its route needs: asked for, since finding out costs more than being open. */
  readonly needs: () => Needs;
  /**
   * Whether so many wrong credentials have come from there that nothing should be looked up for more of them. What is refused
   * for that may be refused as if it were wrong: the limit answers.
   */
  readonly isSuspect: () => Promise<boolean>;
}

/** Decides who a request comes from, and whether it may go on. */
export interface Gate {
  /**
   * @returns at once where that is possible
   * @throws CodedError, also by rejecting
   */
  admit(arrival: Arrival): Caller | undefined | Promise<Caller | undefined>;
}

/** How much of something is too much. */
export interface RateLimit {
  /**
   * Counts a request, and says in its answer how many are left.
   * @throws CodedError, by rejecting, when there was none left
   */
  take(request: FastifyRequest, reply: FastifyReply): Promise<void>;
  /** Whether none is left. */
  isSpent(request: FastifyRequest): Promise<boolean>;
}

/** What is limited. Without them a request costs no thought. */
export interface RateLimits {
  /** Requests of a caller. */
  readonly ofCallers?: RateLimit | undefined;
  /** Wrong credentials from an address. */
  readonly ofFailures?: RateLimit | undefined;
}

/** Where people come back to from signing in. */
export const SIGNED_IN = '/oauth2-redirect.html';

/** Pages for people, and the description of the service: they hold no data. */
const OPEN = /^\/(?:docs(?:\/.*)?|openapi\.(?:json|yaml)|oauth2-redirect\.html)?$/;

const CALLER = Symbol('caller');
type Guarded = FastifyRequest & { [CALLER]?: Caller | undefined };

/** Lets every request through the gate before its body is read. To be called before routes are added. */
export function guardRequests(
  fastify: FastifyInstance,
  gate: Gate,
  { ofCallers, ofFailures }: RateLimits = {},
): void {
  fastify.addHook('onRequest', (request: Guarded, reply, done) => {
    const needs = (): Needs => neededBy(request);
    const isSuspect = async (): Promise<boolean> => (await ofFailures?.isSpent(request)) ?? false;
    const go = (caller: Caller | undefined): void => {
      request[CALLER] = caller;
      if (ofCallers && caller && needs() !== 'nothing') count(ofCallers);
      else done();
    };
    const refuse = (error: Error): void => {
      if (ofFailures && isWrongCredentials(error)) count(ofFailures, error);
      else done(error);
    };
    const count = (limit: RateLimit, error?: Error): void => {
      limit.take(request, reply).then(() => {
        done(error);
      }, done);
    };
    try {
      const admitted = gate.admit({ headers: request.headers, needs, isSuspect });
      if (admitted instanceof Promise) admitted.then(go, refuse);
      else go(admitted);
    } catch (error) {
      refuse(error as Error);
    }
  });
}

/** What says nothing about itself is for administrators, so that nothing is open by mistake. */
function neededBy(request: FastifyRequest): Needs {
  if (request.is404 || OPEN.test(request.routeOptions.url ?? '')) return 'nothing';
  return needsOf(request) ?? 'administrator';
}

/** Who sends the request; `undefined` on routes that serve everybody. */
export function callerOf(request: FastifyRequest): Caller | undefined {
  return (request as Guarded)[CALLER];
}

/** Who sends the request, on a route that needs a caller. */
export function knownCallerOf(request: FastifyRequest): Caller {
  const caller = callerOf(request);
  if (!caller) throw new Error('The route does not say whom it serves.');
  return caller;
}

/** Gives a handler the {@link Caller}, on a route that needs one. */
export const Calling = createParamDecorator((_: unknown, context: ExecutionContext): Caller =>
  knownCallerOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

/** Gives a handler the {@link Access} of the caller. */
export const Within = createParamDecorator(
  (_: unknown, context: ExecutionContext): Access =>
    knownCallerOf(context.switchToHttp().getRequest<FastifyRequest>()).access,
);
