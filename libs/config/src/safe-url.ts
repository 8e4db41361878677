import { isLoopback } from './loopback.js';

/** Whether what is fetched from there can be believed: over TLS, or without leaving this machine. */
export function isSafeUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(bare(hostname)));
}

/** Of `[::1]`, as URLs have it. */
function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}
