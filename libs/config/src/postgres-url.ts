import { z } from 'zod';
import { oneUrlPerHost } from './database-hosts.js';

const SHAPE = 'must look like postgresql://user:password@host:5432/database';
/** `allow` of psql is missing: the driver does not know it, and would silently insist on a verified certificate. */
const SSL_MODES = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'];
/** Of what libpq takes, what is of use to who writes. */
const SESSION_ATTRIBUTES = ['read-write', 'primary'];

/** The URL of a PostgreSQL, as far as it can be judged without connecting; of one host, or of several. */
export const postgresUrl = z.string().superRefine((text, context) => {
  const urls = oneUrlPerHost(text);
  const [message] = urls.flatMap((url) => problemOf(url, urls.length > 1) ?? []);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});

/** Between two URLs, not between two hosts of one. */
const NEXT_URL = /,(?=[a-z]+:\/\/)/;

/** URLs of replicas, of one host each: there is nothing to choose. */
export const replicaUrls = z.string().transform((text, context) => {
  const urls = text.split(NEXT_URL);
  for (const url of urls) {
    const message = problemOfReplica(url);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  }
  return urls;
});

function problemOfReplica(url: string): string | undefined {
  if (oneUrlPerHost(url).length > 1) return 'has a URL of several hosts: give each replica its own';
  if (url.includes('target_session_attrs='))
    return 'has a target_session_attrs: replicas take no writes';
  return problemOf(url, false);
}

function problemOf(text: string, isOneOfMany: boolean): string | undefined {
  if (!URL.canParse(text)) return SHAPE;
  const { protocol, hostname, username, password, pathname, searchParams } = new URL(text);
  if (!/^postgres(ql)?:$/.test(protocol)) return SHAPE;
  if (![username, password, pathname].every(isPercentEncoded)) {
    return 'has a "%" in its user, password or database that is not percent-encoded: write it as %25';
  }
  const sslMode = searchParams.get('sslmode');
  if (sslMode !== null && !SSL_MODES.includes(sslMode)) {
    return `has an sslmode that is none of ${SSL_MODES.join(', ')}`;
  }
  const attributes = searchParams.get('target_session_attrs');
  if (hostname === '' && (isOneOfMany || attributes !== null)) return 'has a host without a name';
  if (attributes !== null && !SESSION_ATTRIBUTES.includes(attributes)) {
    return `has a target_session_attrs that is none of ${SESSION_ATTRIBUTES.join(', ')}: the service writes`;
  }
  return undefined;
}

function isPercentEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
