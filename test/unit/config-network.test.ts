import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '#config';

describe('loadConfig', () => {
  it('takes origins with commas between them', () => {
    const config = loadConfig({
      MODELDB_AUTH: 'required',
      CORS_ORIGINS: 'https://app.example.com, http://localhost:3000,http://[::1]:8080',
    });
    expect(config.corsOrigins).toEqual([
      'https://app.example.com',
      'http://localhost:3000',
      'http://[::1]:8080',
    ]);
  });

  it('lets pages of other origins call only a service that asks who calls', () => {
    const CORS_ORIGINS = 'http://localhost:3000';
    expect(() => loadConfig({ CORS_ORIGINS })).toThrow(
      '  - CORS_ORIGINS cannot be set while callers need no key',
    );
    expect(loadConfig({ CORS_ORIGINS, HOST: '0.0.0.0' }).corsOrigins).toEqual([CORS_ORIGINS]);
  });

  it.each([
    '*',
    'null',
    'app.example.com',
    'https://*.example.com',
    'https://app.example.com/',
    'https://app.example.com/path',
    'https://app.example.com:443',
    'https://App.example.com',
    'https://user@app.example.com',
    'ftp://app.example.com',
    'https://app.example.com,',
  ])('refuses the CORS_ORIGINS %s, which no browser sends', (CORS_ORIGINS) => {
    expect(() => loadConfig({ CORS_ORIGINS })).toThrow(
      '  - CORS_ORIGINS must be origins as browsers send them',
    );
  });

  it('takes proxies with commas between them', () => {
    const TRUSTED_PROXIES = '10.0.0.0/8, 192.168.0.7,fd00::/8,::1';
    expect(loadConfig({ TRUSTED_PROXIES }).trustedProxies).toEqual([
      '10.0.0.0/8',
      '192.168.0.7',
      'fd00::/8',
      '::1',
    ]);
  });

  it.each([
    '*',
    'true',
    '1',
    'proxy.example.com',
    '0.0.0.0/0',
    '::/0',
    '10.0.0.0/33',
    '::1/129',
    '10.0.0.0/255.0.0.0',
    '10.0.0.0/8/8',
    'fe80::1%eth0',
    '10.0.0.1,',
  ])('refuses the TRUSTED_PROXIES %s', (TRUSTED_PROXIES) => {
    expect(() => loadConfig({ TRUSTED_PROXIES })).toThrow(
      '  - TRUSTED_PROXIES must be addresses or networks',
    );
  });
});
