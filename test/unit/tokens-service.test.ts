import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { TokensService } from '../../libs/auth/src/oidc/tokens.service.js';
import { now, signingKey, TokenIssuer } from '../support/token-issuer.js';

let issuer: TokenIssuer;
let tokens: TokensService;
beforeAll(async () => {
  Logger.overrideLogger(false);
  issuer = await TokenIssuer.start([await signingKey('ES256', 'one')]);
  tokens = new TokensService({ isOpen: false, oidc: issuer.settings() });
});
afterAll(async () => {
  tokens.onModuleDestroy();
  await issuer[Symbol.asyncDispose]();
});

describe('a token', () => {
  it('is verified once, for all that come with it', async () => {
    const token = await issuer.token();
    const [first, second] = [tokens.find(token), tokens.find(token)];
    expect(first).toBeInstanceOf(Promise);
    expect(second).toBe(first);
    await first;
    expect(tokens.find(token)).toMatchObject({ subject: 'user:anna', role: 'viewer' });
  });

  it('is forgotten when it ends', async () => {
    const oidc = issuer.settings({ clockSkewSeconds: 0 });
    const strict = new TokensService({ isOpen: false, oidc });
    const exp = now() + 2;
    const token = await issuer.token({ exp });
    await strict.find(token);
    expect(strict.find(token)).not.toBeInstanceOf(Promise);
    while (!(strict.find(token) instanceof Promise)) await setImmediate();
    expect(Math.abs(Date.now() - exp * 1000)).toBeLessThan(1000);
    await expect(strict.find(token)).rejects.toThrow('The credentials are not valid');
  });

  it('that is good only because clocks differ is verified each time', async () => {
    const token = await issuer.token({ exp: now() - 5 });
    for (let time = 0; time < 2; time += 1) {
      const found = tokens.find(token);
      expect(found).toBeInstanceOf(Promise);
      expect(await found).toMatchObject({ subject: 'user:anna' });
    }
  });

  it('that is refused is not remembered', async () => {
    const token = await issuer.token({ sub: undefined });
    const refused = tokens.find(token);
    await expect(refused).rejects.toThrow('The credentials are not valid');
    const again = tokens.find(token);
    expect(again).not.toBe(refused);
    await expect(again).rejects.toThrow('The credentials are not valid');
  });

  it('is refused where its key is too weak to be used', async () => {
    const weak = await signingKey('RS256', 'weak');
    const published = { ...weak.published, n: weak.published.n?.slice(0, 171) ?? '' };
    await using careless = await TokenIssuer.start([{ ...weak, published }]);
    const service = new TokensService({ isOpen: false, oidc: careless.settings() });
    await expect(service.find(await careless.token())).rejects.toThrow('The credentials are not');
  });
});

describe('no token', () => {
  it.each(['', 'a.b', 'a.b.c.d', 'a..c', 'mdb_0_x', 'a b.c.d', `x.ü.z`])('is %j', (text) => {
    expect(tokens.find(text)).toBeUndefined();
  });

  it('is taken without an issuer', async () => {
    expect(new TokensService({ isOpen: false }).find(await issuer.token())).toBeUndefined();
  });
});
