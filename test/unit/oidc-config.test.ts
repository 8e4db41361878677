import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '#config';

const ISSUER = { OIDC_ISSUER: 'https://id.example/realms/ml', OIDC_AUDIENCE: 'modeldb' };

function problemsOf(environment: NodeJS.ProcessEnv): string[] {
  try {
    loadConfig(environment);
    return [];
  } catch (error) {
    return (error as Error).message.split('\n').slice(1);
  }
}

describe('the settings of an issuer', () => {
  it('need an issuer and an audience only', () => {
    expect(loadConfig(ISSUER).oidc).toEqual({
      issuer: 'https://id.example/realms/ml',
      audience: 'modeldb',
      algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
      groupsClaim: 'groups',
      viewers: [],
      editors: [],
      admins: [],
      clockSkewSeconds: 30,
    });
  });

  it('are taken as they are set', () => {
    const environment = {
      ...ISSUER,
      OIDC_ALGORITHMS: 'ES512, EdDSA',
      OIDC_GROUPS_CLAIM: 'realm_access.roles',
      OIDC_VIEWERS: '*',
      OIDC_EDITORS: ' ml engineers ,/pipelines,',
      OIDC_ADMINS: 'platform',
      OIDC_CLOCK_SKEW_SECONDS: '0',
    };
    expect(loadConfig(environment).oidc).toMatchObject({
      algorithms: ['ES512', 'EdDSA'],
      groupsClaim: 'realm_access.roles',
      viewers: ['*'],
      editors: ['ml engineers', '/pipelines'],
      admins: ['platform'],
      clockSkewSeconds: 0,
    });
  });

  it.each(['http://localhost:9000', 'http://127.0.0.1/x', 'http://[::1]:1', 'https://a.example/'])(
    'may name %s',
    (issuer) => {
      const { oidc } = loadConfig({ ...ISSUER, OIDC_ISSUER: issuer });
      expect(oidc?.issuer).toBe(issuer);
    },
  );

  it.each([
    'http://id.example',
    'id.example',
    'ftp://localhost',
    'https://id.example/?tenant=1',
    'https://id.example/#x',
    'https://me:secret@id.example',
    ' https://id.example',
  ])('may not name %s', (issuer) => {
    expect(problemsOf({ ...ISSUER, OIDC_ISSUER: issuer })).toEqual([
      `  - OIDC_ISSUER must be an https URL without user, query and fragment; http is for loopback hosts only (it is "${issuer}")`,
    ]);
  });

  it.each(['HS256', 'none', 'RS256,HS512', 'rs256', ','])(
    'do not let tokens be signed with %s',
    (names) => {
      const [problem, ...others] = problemsOf({ ...ISSUER, OIDC_ALGORITHMS: names });
      expect(problem).toContain('OIDC_ALGORITHMS must be one or more of RS256, RS384');
      expect(others).toEqual([]);
    },
  );

  it('say all that is wrong at once', () => {
    expect(
      problemsOf({
        OIDC_ISSUER: 'nowhere',
        OIDC_ADMINS: 'a,*',
        OIDC_CLOCK_SKEW_SECONDS: '601',
        PORT: 'x',
      }).map((problem) => problem.split(' ')[3]),
    ).toEqual(['OIDC_ISSUER', 'OIDC_ADMINS', 'OIDC_CLOCK_SKEW_SECONDS', 'PORT']);
    expect(problemsOf({ OIDC_ISSUER: ISSUER.OIDC_ISSUER })).toEqual([
      '  - OIDC_AUDIENCE is required with OIDC_ISSUER: tokens for others would be taken, too',
    ]);
    expect(problemsOf({ OIDC_AUDIENCE: 'modeldb', OIDC_VIEWERS: '*' })).toEqual([
      '  - OIDC_AUDIENCE is of no use without OIDC_ISSUER',
      '  - OIDC_VIEWERS is of no use without OIDC_ISSUER',
    ]);
  });
});
