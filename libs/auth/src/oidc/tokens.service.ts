import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { errors } from 'jose';
import { LRUCache } from 'lru-cache';
import { CodedError, credentialsRefused } from '#errors';
import { AUTH_SETTINGS, type AuthSettings } from '../auth-settings.js';
import { writtenDigest } from '../keys/api-key.js';
import type { User } from './claims.js';
import { IssuerKeys } from './issuer-keys.js';
import { TokenVerifier } from './token-verifier.js';

/** A signed JSON web token: a header, claims and a signature. No API key has a dot. */
const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]*$/;
/** Tokens that are remembered, and for how long at most: what a check costs is paid once a minute. */
const REMEMBERED = 10_000;
const REMEMBERED_MS = 60_000;

/** Tells whose an access token is, where there is an issuer whose tokens are taken. */
@Injectable()
export class TokensService implements OnModuleDestroy {
  private readonly logger = new Logger(TokensService.name);
  private readonly keys: IssuerKeys | undefined;
  private readonly verifier: TokenVerifier | undefined;
  /** By the digests of their tokens, which are not kept themselves. */
  private readonly users = new LRUCache<string, User>({ max: REMEMBERED, ttl: REMEMBERED_MS });
  /** A token is verified once, however many requests come with it at a time. */
  private readonly flights = new Map<string, Promise<User>>();

  constructor(@Inject(AUTH_SETTINGS) { oidc }: AuthSettings) {
    if (!oidc) return;
    this.keys = new IssuerKeys(oidc.issuer);
    this.verifier = new TokenVerifier(this.keys, oidc);
  }

  /**
   * @returns whose it is; at once where the token is known. `undefined`: the text is no token, or none are taken
   * @throws CodedError, by rejecting
   */
  find(text: string): User | Promise<User> | undefined {
    if (!this.verifier || !TOKEN.test(text)) return undefined;
    const digest = writtenDigest(text);
    const known = this.users.get(digest) ?? this.flights.get(digest);
    if (known) return known;
    const flight = this.verify(this.verifier, text, digest).finally(() =>
      this.flights.delete(digest),
    );
    this.flights.set(digest, flight);
    return flight;
  }

  onModuleDestroy(): void {
    this.keys?.close();
  }

  private async verify(verifier: TokenVerifier, text: string, digest: string): Promise<User> {
    try {
      const { user, expires } = await verifier.verify(text);
      const ttl = Math.min(REMEMBERED_MS, Math.floor(expires - Date.now()));
      // One that is good only because clocks differ is looked at each time.
      if (ttl > 0) this.users.set(digest, user, { ttl });
      return user;
    } catch (error) {
      throw this.refusalFor(error);
    }
  }

  /** The log says what is wrong with a token, and nothing that stands in it: the errors of `jose` hold its claims. */
  private refusalFor(error: unknown): CodedError {
    if (error instanceof CodedError) return error;
    if (error instanceof errors.JOSEError) {
      const { code, claim } = error as errors.JOSEError & { readonly claim?: string };
      this.logger.debug({ msg: 'a token was refused', reason: code, claim });
    } else {
      this.logger.warn({ msg: 'a token could not be verified', reason: (error as Error).name });
    }
    return credentialsRefused();
  }
}
