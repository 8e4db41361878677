import { jest } from '@jest/globals';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import type { Configuration } from 'oidc-provider';
import type { OidcConfig } from '#config';
import { LoopbackServer } from './loopback-server.js';

const AUDIENCE = 'urn:modeldb';
const SECRET = 'not-a-secret';
const DISCOVERY = '/.well-known/openid-configuration';

/** Programs that may ask for tokens, and the groups that those name. */
const CLIENTS: Record<string, { groups: unknown; alg: 'RS256' | 'ES256' }> = {
  reader: { groups: ['readers', 'others'], alg: 'RS256' },
  writer: { groups: ['readers', 'writers'], alg: 'ES256' },
  chief: { groups: ['chiefs'], alg: 'RS256' },
  stranger: { groups: ['others'], alg: 'ES256' },
};

/** A real OpenID provider, on a port that stays the same. */
export class OidcProvider implements AsyncDisposable {
  private constructor(private readonly server: LoopbackServer) {}

  static async start(): Promise<OidcProvider> {
    const server = await LoopbackServer.start(() => undefined);
    const provider = new OidcProvider(server);
    await provider.takeNewKeys();
    return provider;
  }

  get issuer(): string {
    return this.server.url;
  }

  /** What the service is told of it. */
  get settings(): OidcConfig {
    return {
      issuer: this.issuer,
      audience: AUDIENCE,
      algorithms: ['RS256', 'ES256'],
      groupsClaim: 'groups',
      viewers: ['readers'],
      editors: ['writers'],
      admins: ['chiefs'],
      clockSkewSeconds: 30,
    };
  }

  /** How often its keys were asked for. */
  get fetches(): { discovery: number; keys: number } {
    const count = (path: string): number => this.server.asked.filter((url) => url === path).length;
    return { discovery: count(DISCOVERY), keys: count('/jwks') };
  }

  /** Starts it anew, with other keys and without a memory of those before. */
  async takeNewKeys(): Promise<void> {
    this.server.answerBy(await providerWith(this.issuer, await newKeys()));
  }

  async token(client: keyof typeof CLIENTS, resource = AUDIENCE): Promise<string> {
    const credentials = Buffer.from(`${client}:${SECRET}`).toString('base64');
    const answer = await fetch(`${this.issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${credentials}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', resource }),
    });
    const { access_token: token } = (await answer.json()) as { access_token?: string };
    if (token === undefined) throw new Error(`No token: ${String(answer.status)}`);
    return token;
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  resume(): Promise<void> {
    return this.server.resume();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }
}

async function newKeys(): Promise<JWK[]> {
  return Promise.all(
    ['RS256', 'ES256'].map(async (alg) => {
      const { privateKey } = await generateKeyPair(alg, { extractable: true });
      const kid = `${alg}-${Math.random().toString(36).slice(2)}`;
      return { ...(await exportJWK(privateKey)), alg, kid, use: 'sig' };
    }),
  );
}

async function providerWith(issuer: string, keys: JWK[]) {
  // It remarks on the runtime and on what is for tests only.
  const muted = (['warn', 'info'] as const).map((level) =>
    jest.spyOn(console, level).mockReturnValue(),
  );
  try {
    const { Provider } = await import('oidc-provider');
    const answer = new Provider(issuer, configuration(keys)).callback();
    return (...exchange: Parameters<typeof answer>) => void answer(...exchange);
  } finally {
    for (const spy of muted) spy.mockRestore();
  }
}

function configuration(keys: JWK[]): Configuration {
  return {
    jwks: { keys },
    cookies: { keys: ['unused'] },
    ttl: { ClientCredentials: 600 },
    clients: Object.keys(CLIENTS).map((id) => ({
      client_id: id,
      client_secret: SECRET,
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
    })),
    extraTokenClaims: (_context, { clientId = '' }) => ({
      groups: CLIENTS[clientId]?.groups,
      name: `The ${clientId}`,
    }),
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_context, resource, { clientId }) => ({
          scope: '',
          audience: resource,
          accessTokenFormat: 'jwt',
          accessTokenTTL: 600,
          jwt: { sign: { alg: CLIENTS[clientId]?.alg ?? 'RS256' } },
        }),
      },
    },
  };
}
