const DAY = String.raw`([1-9]\d{3})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])`;
const CLOCK = String.raw`(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?`;
const ZONE = String.raw`(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)`;
const TIME = new RegExp(`^${DAY}(?:T${CLOCK}${ZONE})?$`);

/** Whether a text is a day, or a time with its zone, that the calendar has. */
export function isTime(text: string): boolean {
  const [, year, month, day] = TIME.exec(text) ?? [];
  if (day === undefined) return false;
  // Day 0 of the next month is the last one of this month.
  return Number(day) <= new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
}
