import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { exportJWK, exportSPKI, generateSecret, importJWK, type CryptoKey } from 'jose';
import type { OidcConfig } from '#config';
import { PinoLogger } from '../../apps/api/src/logger.js';
import { startService, type TestService } from '../support/service.js';
import { now, signingKey, TokenIssuer, type SigningKey } from '../support/token-issuer.js';

let rsa: SigningKey;
let ec: SigningKey;
let issuer: TokenIssuer;
let service: TestService;
const logged: unknown[] = [];
beforeAll(async () => {
  [rsa, ec] = [await signingKey('RS256', 'rsa'), await signingKey('ES256', 'ec')];
  issuer = await TokenIssuer.start([rsa, ec, await signingKey('EdDSA', 'ed')]);
  service = await startWith();
  for (const level of ['debug', 'log', 'warn', 'error', 'fatal'] as const) {
    jest.spyOn(PinoLogger.prototype, level).mockImplementation((...all) => logged.push(all));
  }
});
afterAll(async () => {
  jest.restoreAllMocks();
  await service.stop();
  await issuer[Symbol.asyncDispose]();
});

const startWith = (others?: Partial<OidcConfig>) =>
  startService({ isOpen: false, oidc: issuer.settings(others) });

const callerOf = async (token: string, of = service) =>
  (await of.http.get('/auth/whoami', { headers: { authorization: `Bearer ${token}` } })).body;

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** What its text says, signed as `sign` does. */
function madeByHand(header: object, claims: object, sign: (input: string) => string): string {
  const input = `${encoded(header)}.${encoded(claims)}`;
  return `${input}.${sign(input)}`;
}

const usual = () => ({ iss: issuer.url, aud: 'modeldb', sub: 'anna', exp: now() + 300 });

describe('a token is taken', () => {
  it.each<[string, () => Promise<string>]>([
    ['that is signed with RSA', () => issuer.token()],
    ['that is signed with an elliptic curve', () => issuer.token({}, {}, ec)],
    ['that is signed with Ed25519', () => issuer.token({}, {}, issuer.keys[2])],
    ['by RFC 9068', () => issuer.token({}, { typ: 'at+jwt' })],
    ['of the plain type', () => issuer.token({}, { typ: 'JWT' })],
    ['that is for others, too', () => issuer.token({ aud: ['another', 'modeldb'] })],
    ['that does not say when it was made', () => issuer.token({ iat: undefined })],
    ['that has ended by less than the skew', () => issuer.token({ exp: now() - 20 })],
    ['that begins within the skew', () => issuer.token({ nbf: now() + 20, iat: now() + 20 })],
    ['that does not name its key', () => issuer.token({}, { kid: undefined }, ec)],
  ])('%s', async (_, token) => {
    const text = await token();
    for (const time of ['first', 'second']) {
      expect([time, await callerOf(text)]).toMatchObject([time, { subject: 'user:anna' }]);
    }
  });

  it('that could be signed with several keys, if one of them fits', async () => {
    const keys = [await signingKey('ES256', undefined), await signingKey('ES256', undefined)];
    await using nameless = await TokenIssuer.start(keys);
    await using other = await startService({ isOpen: false, oidc: nameless.settings() });
    for (const key of keys) {
      const token = await nameless.token({}, {}, key);
      expect((await callerOf(token, other)).subject).toBe('user:anna');
    }
    const stray = await nameless.token({}, {}, await signingKey('ES256', undefined));
    expect((await callerOf(stray, other)).code).toBe('CREDENTIALS_REFUSED');
  });
});

describe('a token is refused', () => {
  const hmac = (secret: string) => (input: string) =>
    createHmac('sha256', secret).update(input).digest('base64url');
  const publicPem = async (): Promise<string> =>
    exportSPKI((await importJWK(rsa.published, 'RS256', { extractable: true })) as CryptoKey);

  it.each<[string, () => Promise<string>]>([
    ['of another issuer', () => issuer.token({ iss: 'https://id.example' })],
    ['that says more after the issuer', () => issuer.token({ iss: `${issuer.url}/` })],
    ['for another audience', () => issuer.token({ aud: 'modeldb-2' })],
    ['for other audiences', () => issuer.token({ aud: ['a', 'b'] })],
    ['for nobody', () => issuer.token({ aud: undefined })],
    ['that has ended', () => issuer.token({ exp: now() - 31 })],
    ['that never ends', () => issuer.token({ exp: undefined })],
    ['that is not good yet', () => issuer.token({ nbf: now() + 60 })],
    ['that was made in the future', () => issuer.token({ iat: now() + 60 })],
    ['that was made at no time', () => issuer.token({ iat: 'now' })],
    ['of nobody', () => issuer.token({ sub: undefined })],
    ['of an empty name', () => issuer.token({ sub: '' })],
    ['of a number', () => issuer.token({ sub: 7 })],
    ['of a name that cannot be kept', () => issuer.token({ sub: 'an\0na' })],
    ['of a name without end', () => issuer.token({ sub: 'a'.repeat(256) })],
    ['that ends a session', () => issuer.token({}, { typ: 'logout+jwt' })],
    ['with demands that nobody knows', () => issuer.token({}, { crit: ['x'], x: 1 })],
    ['with an algorithm that is not allowed', () => signedWith('RS384')],
    ['with a key of another kind', () => issuer.token({}, { kid: 'ec' })],
    ['with a key that is not the one it names', () => issuer.token({}, {}, { ...rsa, kid: 'ed' })],
    ['signed with a secret', () => signedWithSecret()],
    ['signed with the public key as a secret', async () => forged(hmac(await publicPem()))],
    [
      'signed with the JSON of it',
      () => Promise.resolve(forged(hmac(JSON.stringify(rsa.published)))),
    ],
    ['without a signature', () => Promise.resolve(unsigned('none'))],
    ['without a signature, in other letters', () => Promise.resolve(unsigned('nOnE'))],
    ['with an empty signature', async () => (await issuer.token()).replace(/[^.]+$/, '')],
    ['with a header that is no JSON', async () => (await issuer.token()).replace(/^[^.]+/, 'eyJx')],
  ])('%s', async (_, token) => {
    const text = await token();
    expect(await callerOf(text)).toMatchObject({ status: 401, code: 'CREDENTIALS_REFUSED' });
  });

  async function signedWith(alg: string): Promise<string> {
    const sign = (await importJWK(await exportJWK(rsa.sign), alg)) as CryptoKey;
    return issuer.token({}, { alg }, { ...rsa, sign });
  }

  async function signedWithSecret(): Promise<string> {
    const sign = await generateSecret('HS256');
    return issuer.token({}, { alg: 'HS256' }, { ...rsa, sign });
  }

  const forged = (sign: (input: string) => string) =>
    madeByHand({ alg: 'HS256', kid: 'rsa' }, { ...usual(), groups: ['chiefs'] }, sign);

  const unsigned = (alg: string) => madeByHand({ alg, kid: 'rsa' }, usual(), () => '');

  it('and the log says why, without what it says', () => {
    const text = JSON.stringify(logged);
    for (const reason of ['"iss"', '"aud"', '"exp"', '"nbf"', '"iat"', '"sub"', '"typ"']) {
      expect(text).toContain(reason);
    }
    expect(text).toContain('ERR_JOSE_ALG_NOT_ALLOWED');
    expect(text).not.toMatch(/anna|eyJ|chiefs|id\.example|modeldb-2/);
  });
});
