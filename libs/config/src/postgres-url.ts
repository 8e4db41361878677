import { z } from 'zod';

const SHAPE = 'must look like postgresql://user:password@host:5432/database';
/** `allow` of psql is missing: the driver does not know it, and would silently insist on a verified certificate. */
const SSL_MODES = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'];

/** The URL of a PostgreSQL, as far as it can be judged without connecting. */
export const postgresUrl = z.string().superRefine((text, context) => {
  const message = problemOf(text);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});

function problemOf(text: string): string | undefined {
  if (!URL.canParse(text)) return SHAPE;
  const { protocol, username, password, pathname, searchParams } = new URL(text);
  if (!/^postgres(ql)?:$/.test(protocol)) return SHAPE;
  if (![username, password, pathname].every(isPercentEncoded)) {
    return 'has a "%" in its user, password or database that is not percent-encoded: write it as %25';
  }
  const sslMode = searchParams.get('sslmode');
  if (sslMode !== null && !SSL_MODES.includes(sslMode)) {
    return `has an sslmode that is none of ${SSL_MODES.join(', ')}`;
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
