import pg, { type CustomTypesConfig } from 'pg';

const { BOOL, TIMESTAMPTZ } = pg.types.builtins;
const ZONE = /([+-]\d\d)(?::?(\d\d))?$/;

/** `2026-01-02 03:04:05.678+00` as ISO 8601: `2026-01-02T03:04:05.678Z`. Nothing of its precision is lost. */
function isoTimestamp(text: string): string {
  return text
    .replace(' ', 'T')
    .replace(ZONE, (_, hours: string, minutes = '00') =>
      hours === '+00' && minutes === '00' ? 'Z' : `${hours}:${minutes}`,
    );
}

const identity = (text: string): string => text;
const isTrue = (text: string): boolean => text === 't';

/** Every column arrives as PostgreSQL's own text, so JSON documents and numbers stay exactly what they are. */
export const textTypes: CustomTypesConfig = {
  getTypeParser: ((oid: typeof BOOL) => {
    if (oid === TIMESTAMPTZ) return isoTimestamp;
    return oid === BOOL ? isTrue : identity;
  }) as CustomTypesConfig['getTypeParser'],
};
