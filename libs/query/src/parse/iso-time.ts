const DATE = String.raw`(\d{4})-(\d\d)-(\d\d)`;
const CLOCK = String.raw`(\d\d):(\d\d)(?::(\d\d)(\.\d{1,6})?)?`;
const ZONE = String.raw`(Z|([+-]\d\d)(?::?(\d\d))?)?`;
const TIME = new RegExp(`^${DATE}(?:[T ]${CLOCK}${ZONE})?$`, 'i');
/** Beyond every zone there is, and within what PostgreSQL takes. */
const MAX_ZONE_HOURS = 14;

/**
 * A day, or a day and a time, of ISO 8601 with its zone: `2026-01-31` → `2026-01-31T00:00:00Z`. No zone means UTC.
 * @returns undefined for any other text, and for a time that the calendar or the clock does not have
 */
export function isoTime(text: string): string | undefined {
  const parts = TIME.exec(text);
  if (!parts) return undefined;
  const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00'] = parts;
  const [, , , , , , , fraction = '', , zoneHour = '+00', zoneMinute = '00'] = parts;
  const exists =
    isDay(Number(year), Number(month), Number(day)) &&
    Number(hour) < 24 &&
    Number(minute) < 60 &&
    Number(second) < 60 &&
    Math.abs(Number(zoneHour)) <= MAX_ZONE_HOURS &&
    Number(zoneMinute) < 60;
  if (!exists) return undefined;
  const isUtc = Number(zoneHour) === 0 && Number(zoneMinute) === 0;
  const zone = isUtc ? 'Z' : `${zoneHour}:${zoneMinute}`;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction}${zone}`;
}

function isDay(year: number, month: number, day: number): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  const lastOfMonth = new Date(0);
  // Day 0 of the next month; `Date.UTC` would take the years before 100 for those after 1900.
  lastOfMonth.setUTCFullYear(year, month, 0);
  return day <= lastOfMonth.getUTCDate();
}
