const TIME = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d(?::?\d\d)?)?$/;

/**
 * A time as PostgreSQL or SQLite writes it, with its zone; without one it is UTC, as SQLite's CURRENT_TIMESTAMP is.
 * @returns undefined when it is no time
 */
export function readTime(text: string): string | undefined {
  const [, date, time, zone = 'Z'] = TIME.exec(text) ?? [];
  if (date === undefined || time === undefined) return undefined;
  // Date is asked whether there is such a day; the digits stay those of the text.
  if (new Date(`${date}T00:00:00Z`).getUTCDate() !== Number(date.slice(-2))) return undefined;
  return Number.isNaN(Date.parse(`${date}T${time}Z`)) ? undefined : `${date} ${time}${zone}`;
}
