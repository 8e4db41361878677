import { Logger } from '@nestjs/common';
import { errors, type CryptoKey, type FlattenedJWSInput, type JWTHeaderParameters } from 'jose';
import { credentialsRefused, issuerUnavailable } from '#errors';
import { fetchKeys, type KeySet } from './fetch-keys.js';

/** For so long keys are taken to be those of the issuer: what it withdraws is good no longer while it answers. */
const FRESH_MS = 300_000;
/** An unknown key may be a new one, or made up: for those the issuer is asked no more often than that. */
const UNKNOWN_EVERY_MS = 10_000;
/** An issuer that has not answered is left alone for so long. */
const FAILED_PAUSE_MS = 2000;
const TIMEOUT_MS = 5000;

/**
 * The public keys of the issuer. They are fetched when the first token comes, again when they are old, and when a token names
 * one that is not among them, which is how an issuer changes its keys. While it does not answer, those that are known stay
 * good.
 */
export class IssuerKeys {
  private readonly logger = new Logger(IssuerKeys.name);
  private readonly closing = new AbortController();
  private known: KeySet | undefined;
  private knownSince = -Infinity;
  private lookedForUnknown = -Infinity;
  private failedAt = -Infinity;
  private failure: Error | undefined;
  private flight: Promise<void> | undefined;

  /** @param now - milliseconds of a clock that nobody sets */
  constructor(
    private readonly issuer: string,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /**
   * The key that a token has to be signed with.
   * @throws CodedError when there is none, or nobody can tell
   */
  async find(header: JWTHeaderParameters, token: FlattenedJWSInput): Promise<CryptoKey> {
    const arrived = this.now();
    await this.keepFresh();
    let key = await this.match(header, token);
    if (!key && this.knownSince < arrived) {
      await this.lookForUnknown();
      key = await this.match(header, token);
    }
    if (key) return key;
    throw this.failure ? issuerUnavailable(this.failure) : credentialsRefused();
  }

  /** Gives up what is under way. */
  close(): void {
    this.closing.abort();
  }

  private async match(
    header: JWTHeaderParameters,
    token: FlattenedJWSInput,
  ): Promise<CryptoKey | undefined> {
    try {
      return await this.known?.(header, token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey) return undefined;
      throw error;
    }
  }

  /** Waits only where the issuer is expected to answer: while it does not, nobody who has a known key is kept. */
  private async keepFresh(): Promise<void> {
    if (this.now() - this.knownSince < FRESH_MS) return;
    const fetched = this.fetch();
    if (!this.known || !this.failure) await fetched;
  }

  private async lookForUnknown(): Promise<void> {
    if (!this.failure && this.now() - this.lookedForUnknown < UNKNOWN_EVERY_MS) return;
    await this.fetch();
    this.lookedForUnknown = this.now();
  }

  /** One at a time, whoever asks for it. Does not throw: what is wrong is in `failure`. */
  private fetch(): Promise<void> {
    if (this.now() - this.failedAt < FAILED_PAUSE_MS) return Promise.resolve();
    this.flight ??= this.fetchOnce().finally(() => {
      this.flight = undefined;
    });
    return this.flight;
  }

  private async fetchOnce(): Promise<void> {
    const signal = AbortSignal.any([this.closing.signal, AbortSignal.timeout(TIMEOUT_MS)]);
    try {
      this.known = await fetchKeys(this.issuer, signal);
      this.knownSince = this.now();
      if (this.failure) this.logger.warn('The keys of the issuer can be fetched again.');
      this.failure = undefined;
    } catch (error) {
      this.failedAt = this.now();
      // Once, not each time: requests that fail for it are logged anyway.
      if (!this.failure && !this.closing.signal.aborted) {
        this.logger.warn({ msg: 'the keys of the issuer cannot be fetched', err: error });
      }
      this.failure = error as Error;
    }
  }
}
