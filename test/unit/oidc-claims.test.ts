import { describe, expect, it } from '@jest/globals';
import type { OidcConfig } from '#config';
import { userFrom } from '../../libs/auth/src/oidc/claims.js';

const CONFIG: OidcConfig = {
  issuer: 'https://id.example',
  audience: 'modeldb',
  algorithms: ['RS256'],
  groupsClaim: 'groups',
  viewers: ['readers'],
  editors: ['ml engineers', '/pipelines'],
  admins: ['platform'],
  clockSkewSeconds: 30,
};

const caller = (claims: object, config: Partial<OidcConfig> = {}) =>
  userFrom({ sub: 'anna', ...claims }, { ...CONFIG, ...config });

describe('the groups of a token', () => {
  it.each<[string, object, string[]]>([
    ['groups', { groups: ['a', 'b'] }, ['a', 'b']],
    ['groups', { groups: 'a b' }, ['a b']],
    ['groups', { groups: ['a', 7, null, { b: 1 }, '', 'c\0', ['d']] }, ['a']],
    ['groups', { groups: { a: true } }, []],
    ['groups', {}, []],
    ['realm_access.roles', { realm_access: { roles: ['a'] } }, ['a']],
    ['realm_access.roles', { realm_access: 'roles' }, []],
    ['realm_access.roles', { realm_access: null }, []],
    ['realm_access.roles', { roles: ['a'] }, []],
    ['https://id.example/groups', { 'https://id.example/groups': ['a'] }, ['a']],
    ['resource_access.ml.db.roles', { resource_access: { 'ml.db': { roles: ['a'] } } }, ['a']],
    ['a.b.c', { a: { b: {} }, 'a.b': { c: ['a'] } }, ['a']],
    ['constructor.name', {}, []],
    ['__proto__.x', {}, []],
  ])('by %s in %j are %j', (groupsClaim, claims, groups) => {
    expect(caller(claims, { groupsClaim })?.groups).toEqual(groups);
  });
});

describe('the role of a token', () => {
  it.each<[string[], string | undefined]>([
    [['readers'], 'viewer'],
    [['readers', '/pipelines'], 'editor'],
    [['platform', 'readers'], 'admin'],
    [['ml', 'engineers'], undefined],
    [['Platform'], undefined],
    [['*'], undefined],
    [[], undefined],
  ])('with the groups %j is %j', (groups, role) => {
    expect(caller({ groups })?.role).toBe(role);
  });

  it('may be given to one user, whom no group can be taken for', () => {
    const config = { admins: ['user:anna'] };
    expect(caller({}, config)?.role).toBe('admin');
    expect(caller({ sub: 'anton', groups: ['user:anna', 'readers'] }, config)?.role).toBe('viewer');
  });

  it('may be one that everybody has', () => {
    expect(caller({}, { viewers: ['*'] })?.role).toBe('viewer');
    expect(caller({}, { editors: ['*'] })?.role).toBe('editor');
    expect(caller({ groups: ['platform'] }, { editors: ['*'] })?.role).toBe('admin');
  });
});

describe('the name of a caller', () => {
  it.each<[object, string | undefined]>([
    [{ name: 'Anna', preferred_username: 'anna', email: 'a@b' }, 'Anna'],
    [{ preferred_username: 'anna', email: 'a@b' }, 'anna'],
    [{ name: '', email: 'a@b' }, 'a@b'],
    [{ name: 'An\nna', preferred_username: 7 }, undefined],
    [{ name: '\ud800' }, undefined],
    [{}, undefined],
  ])('of %j is %j', (claims, name) => {
    expect(caller(claims)?.name).toBe(name);
  });
});
