import { createLocalJWKSet, type JSONWebKeySet } from 'jose';
import { isSafeUrl } from '#config';

/** Finds the key that a token says it is signed with, among those of the issuer. */
export type KeySet = ReturnType<typeof createLocalJWKSet>;

/**
 * The keys that the issuer signs with now, by way of its discovery document.
 * @throws where it does not answer, or not as an issuer does
 */
export async function fetchKeys(issuer: string, signal: AbortSignal): Promise<KeySet> {
  const document = await fetchJson(discoveryUrl(issuer), signal);
  const { issuer: named, jwks_uri: uri } = (document ?? {}) as Record<string, unknown>;
  // One issuer must not be able to speak for another (OpenID Connect Discovery, 4.3).
  if (named !== issuer) throw new Error('The discovery document names another issuer.');
  if (typeof uri !== 'string' || !isSafeUrl(uri)) {
    throw new Error('The discovery document names no jwks_uri with https.');
  }
  return createLocalJWKSet((await fetchJson(uri, signal)) as JSONWebKeySet);
}

/** Where an issuer says of itself what others need to know. */
export function discoveryUrl(issuer: string): string {
  return `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
}

async function fetchJson(url: string, signal: AbortSignal): Promise<unknown> {
  // What is led elsewhere may be led to where nothing is encrypted.
  const answer = await fetch(url, {
    headers: { accept: 'application/json' },
    redirect: 'error',
    signal,
  });
  if (!answer.ok) {
    await answer.body?.cancel();
    throw new Error(`${url} was answered ${String(answer.status)}.`);
  }
  return answer.json();
}
