import type { RequestListener } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import type { OidcConfig } from '#config';
import { LoopbackServer } from './loopback-server.js';

/** A key to sign with, and what the issuer publishes of it. */
export interface SigningKey {
  readonly alg: string;
  readonly kid: string | undefined;
  readonly sign: CryptoKey;
  readonly published: JWK;
}

export async function signingKey(alg: string, kid: string | undefined): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const published = { ...(await exportJWK(publicKey)), ...(kid !== undefined && { kid }) };
  return { alg, kid, sign: privateKey, published };
}

export const now = (): number => Math.floor(Date.now() / 1000);

/** An issuer that makes what no provider makes. */
export class TokenIssuer implements AsyncDisposable {
  keys: SigningKey[] = [];
  /** What the discovery document says beside, or instead of, the truth. */
  says: Record<string, unknown> = {};

  private constructor(readonly server: LoopbackServer) {
    server.answerBy(this.answer);
  }

  static async start(keys: SigningKey[]): Promise<TokenIssuer> {
    const issuer = new TokenIssuer(await LoopbackServer.start(() => undefined));
    issuer.keys = keys;
    return issuer;
  }

  get url(): string {
    return this.server.url;
  }

  settings(others: Partial<OidcConfig> = {}): OidcConfig {
    return {
      issuer: this.url,
      audience: 'modeldb',
      algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
      groupsClaim: 'groups',
      viewers: ['*'],
      editors: ['writers'],
      admins: ['chiefs'],
      clockSkewSeconds: 30,
      ...others,
    };
  }

  /** A good token, but for what is said of it. `undefined` leaves a claim out. */
  token(
    claims: Record<string, unknown> = {},
    header: object = {},
    key = this.keys[0],
  ): Promise<string> {
    if (!key) throw new Error('The issuer has no key.');
    const usual = { iss: this.url, aud: 'modeldb', sub: 'anna', iat: now(), exp: now() + 300 };
    const named = key.kid !== undefined && { kid: key.kid };
    return new SignJWT({ ...usual, ...claims })
      .setProtectedHeader({ alg: key.alg, ...named, ...header })
      .sign(key.sign, { crit: { x: true } });
  }

  /** As it answers unless a test has other plans. */
  readonly answer: RequestListener = ({ url }, response) => {
    const document = { issuer: this.url, jwks_uri: `${this.url}/jwks`, ...this.says };
    const keys = { keys: this.keys.map(({ published }) => published) };
    response.end(JSON.stringify(url === '/jwks' ? keys : document));
  };

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server.stop();
  }
}
