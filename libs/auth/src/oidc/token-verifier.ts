import { errors, jwtVerify, type JWTPayload, type JWTVerifyOptions } from 'jose';
import type { OidcConfig } from '#config';
import { userFrom, type User } from './claims.js';
import type { IssuerKeys } from './issuer-keys.js';

/** Access tokens by RFC 9068, and as most issuers make them. Other kinds of signed statements are none. */
const TYPES = new Set(['at+jwt', 'application/at+jwt', 'jwt']);

/** A token that is genuine, meant for this service, and good now. */
export interface VerifiedToken {
  readonly user: User;
  /** In milliseconds since 1970, by the clock of the issuer. */
  readonly expires: number;
}

export class TokenVerifier {
  private readonly options: JWTVerifyOptions;

  constructor(
    private readonly keys: IssuerKeys,
    private readonly config: OidcConfig,
  ) {
    const { issuer, audience, algorithms, clockSkewSeconds } = config;
    this.options = {
      issuer,
      audience,
      algorithms: [...algorithms],
      clockTolerance: clockSkewSeconds,
      requiredClaims: ['exp'],
    };
  }

  /** @throws JOSEError when the token is not good, CodedError when nobody can tell */
  async verify(token: string): Promise<VerifiedToken> {
    const { payload, protectedHeader } = await this.checkSignature(token);
    const { typ } = protectedHeader;
    if (typ !== undefined && !TYPES.has(typ.toLowerCase())) throw refused('typ');
    const { exp = 0, iat = 0 } = payload;
    if (iat > Date.now() / 1000 + this.config.clockSkewSeconds) throw refused('iat');
    const user = userFrom(payload, this.config);
    if (!user) throw refused('sub');
    return { user, expires: exp * 1000 };
  }

  private async checkSignature(token: string) {
    try {
      return await jwtVerify(token, (header, jws) => this.keys.find(header, jws), this.options);
    } catch (error) {
      if (error instanceof errors.JWKSMultipleMatchingKeys) return this.tryEach(error, token);
      throw error;
    }
  }

  /** A token that does not name its key may be signed with any of them. */
  private async tryEach(candidates: errors.JWKSMultipleMatchingKeys, token: string) {
    for await (const key of candidates) {
      try {
        return await jwtVerify(token, key, this.options);
      } catch (error) {
        if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
      }
    }
    throw new errors.JWSSignatureVerificationFailed();
  }
}

/** As `jose` refuses a claim, without what the token says. */
function refused(claim: string): errors.JOSEError {
  const nothing: JWTPayload = {};
  return new errors.JWTClaimValidationFailed('refused', nothing, claim, 'check_failed');
}
