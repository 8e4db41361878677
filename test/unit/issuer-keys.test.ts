import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { IssuerKeys } from '../../libs/auth/src/oidc/issuer-keys.js';
import { signingKey, TokenIssuer, type SigningKey } from '../support/token-issuer.js';

const MINUTE = 60_000;

let first: SigningKey;
let second: SigningKey;
let issuer: TokenIssuer;
let keys: IssuerKeys;
let time: number;
let warnings: unknown[];
beforeAll(async () => {
  const warn = (warning: unknown): void => void warnings.push(warning);
  Logger.overrideLogger({ log: warn, error: warn, warn });
  [first, second] = [await signingKey('ES256', 'first'), await signingKey('ES256', 'second')];
});
beforeEach(async () => {
  issuer = await TokenIssuer.start([first]);
  time = 0;
  warnings = [];
  keys = new IssuerKeys(issuer.url, () => time);
});
afterEach(async () => {
  keys.close();
  await issuer[Symbol.asyncDispose]();
});

/** What becomes of a token that names this key: `found`, or the code of the error. */
async function lookFor(kid: string): Promise<string> {
  try {
    await keys.find({ alg: 'ES256', kid }, { payload: '', signature: '' });
    return 'found';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

const fetches = (): number => issuer.server.asked.filter((path) => path === '/jwks').length;
const UNKNOWN = 'CREDENTIALS_REFUSED';
const AWAY = 'ISSUER_UNAVAILABLE';

describe('the keys of an issuer', () => {
  it('are fetched once for all that ask at first', async () => {
    const all = await Promise.all(['first', 'first', 'unknown'].map(lookFor));
    expect([all, fetches()]).toEqual([['found', 'found', UNKNOWN], 1]);
  });

  it('are fetched again after five minutes, and withdrawn ones are forgotten', async () => {
    expect(await lookFor('first')).toBe('found');
    issuer.keys = [second];
    time += 5 * MINUTE - 1;
    expect([await lookFor('first'), fetches()]).toEqual(['found', 1]);
    time += 1;
    expect([await lookFor('first'), fetches()]).toEqual([UNKNOWN, 2]);
    expect(await lookFor('second')).toBe('found');
  });

  it('are fetched again for an unknown one, once in ten seconds', async () => {
    await lookFor('first');
    time += 1;
    expect([await lookFor('made up'), fetches()]).toEqual([UNKNOWN, 2]);
    issuer.keys = [first, second];
    time += 9999;
    expect([await lookFor('second'), fetches()]).toEqual([UNKNOWN, 2]);
    time += 1;
    expect([await lookFor('second'), fetches()]).toEqual(['found', 3]);
  });

  it('are not waited for while the issuer is away, where they are known', async () => {
    await lookFor('first');
    await issuer.server.stop();
    time += 60 * MINUTE;
    expect(await lookFor('first')).toBe('found');
    // From now on nobody waits: not even for an issuer that takes the question and says nothing.
    issuer.server.answerBy(() => undefined);
    await issuer.server.resume();
    time += 60 * MINUTE;
    expect(await lookFor('first')).toBe('found');
  });

  it('are asked for again two seconds after a failure, by whoever comes', async () => {
    issuer.server.answerBy((_, response) => response.writeHead(500).end());
    const asked = () => issuer.server.asked.length;
    expect([await lookFor('first'), asked()]).toEqual([AWAY, 1]);
    time += 1999;
    expect([await lookFor('first'), asked()]).toEqual([AWAY, 1]);
    issuer.server.answerBy(issuer.answer);
    time += 1;
    expect([await lookFor('first'), fetches()]).toEqual(['found', 1]);
  });

  it('are missed in the log once, and once found again', async () => {
    issuer.server.answerBy((_, response) => response.writeHead(500).end());
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await lookFor('first');
      time += 2000;
    }
    issuer.server.answerBy(issuer.answer);
    await lookFor('first');
    expect(warnings).toEqual([
      { msg: 'the keys of the issuer cannot be fetched', err: expect.any(Error) },
      'The keys of the issuer can be fetched again.',
    ]);
  });

  it('can be a new one that nobody can tell from a made-up one while the issuer is away', async () => {
    await lookFor('first');
    await issuer.server.stop();
    time += 1;
    expect(await lookFor('second')).toBe(AWAY);
    issuer.keys = [second];
    await issuer.server.resume();
    time += 2000;
    expect(await lookFor('second')).toBe('found');
    expect(await lookFor('first')).toBe(UNKNOWN);
  });

  it('are given up after five seconds', async () => {
    issuer.server.answerBy(() => undefined);
    const began = performance.now();
    expect(await lookFor('first')).toBe(AWAY);
    expect(performance.now() - began).toBeGreaterThan(4900);
  });

  it('are given up when the service stops', async () => {
    issuer.server.answerBy(() => {
      keys.close();
    });
    expect(await lookFor('first')).toBe(AWAY);
    expect(warnings).toEqual([]);
  });
});

describe('what no issuer answers', () => {
  it.each<[string, object]>([
    ['the name of another one', { issuer: 'https://id.example' }],
    ['no name', { issuer: undefined }],
    ['keys that are sent without encryption', { jwks_uri: 'http://id.example/jwks' }],
    ['no place of its keys', { jwks_uri: undefined }],
  ])('is not believed: %s', async (_, says) => {
    Object.assign(issuer.says, says);
    expect([await lookFor('first'), fetches()]).toEqual([AWAY, 0]);
  });

  it.each<[string, string | object]>([
    ['a page', '<html>'],
    ['nothing', 'null'],
    ['other JSON', { keys: 'first' }],
  ])('is not believed: %s instead of keys', async (_, body) => {
    issuer.server.answerBy((request, response) => {
      if (request.url !== '/jwks') issuer.answer(request, response);
      else response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
    expect([await lookFor('first'), fetches()]).toEqual([AWAY, 1]);
  });

  it('is not followed elsewhere', async () => {
    issuer.server.answerBy((request, response) => {
      if (request.url === '/elsewhere') issuer.answer(request, response);
      else response.writeHead(302, { location: '/elsewhere' }).end();
    });
    expect([await lookFor('first'), issuer.server.asked.length]).toEqual([AWAY, 1]);
  });
});
