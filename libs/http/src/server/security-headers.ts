/**
 * What browsers are told with every answer: to take it for nothing but what it says it is, to run and to embed nothing, and
 * to keep it to themselves. They are the same for each answer, so they cost no thought; what differs for a route is set over
 * them. Strict-Transport-Security is missing: only the proxy that has the certificate knows whether there is HTTPS.
 */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** Of a record with an `ETag`: under `no-store` a browser would have nothing to ask with whether it has changed. */
export const REVALIDATED = 'private, no-cache';
