/** Italian national holidays (D1). */

import { DAY_MS } from './units.ts';

/**
 * Fixed dates, by article 2 of law 260/1949 as it stands: laws 54/1977 (San Giuseppe, Ascension, Corpus Domini, Santi
 * Pietro e Paolo and 4 November are no longer holidays), 336/2000 (2 June is one again) and the decree 792/1985 (so is
 * Epiphany). Santi Pietro e Paolo is a holiday in Rome only, as its patrons' day: a matter of the calendar's `patron`.
 */
const FIXED = [
  '01-01', // Capodanno
  '01-06', // Epifania
  '04-25', // Liberazione
  '05-01', // Festa del lavoro
  '06-02', // Festa della Repubblica
  '08-15', // Assunzione
  '11-01', // Ognissanti
  '12-08', // Immacolata Concezione
  '12-25', // Natale
  '12-26', // Santo Stefano
] as const;

/** San Francesco d’Assisi, by law 151/2025, in force since 1 January 2026. */
const SAN_FRANCESCO = { day: '10-04', since: 2026 } as const;

/**
 * Every national holiday of a year as `MM-DD`, Easter Sunday and Easter Monday among them. True for 2012 and later:
 * older years had others (17 March 2011, once), and no deadline reaches back there.
 */
export function nationalHolidays(year: number): ReadonlySet<string> {
  const days = new Set<string>(FIXED);
  if (year >= SAN_FRANCESCO.since) days.add(SAN_FRANCESCO.day);
  const easter = easterSunday(year);
  days.add(monthDay(easter));
  days.add(monthDay(easter + DAY_MS));
  return days;
}

/**
 * Midnight UTC of Easter Sunday, the Sunday after the paschal full moon of the Gregorian calendar. The moon is counted in
 * days after 21 March, as Gauss did in 1800 with his correction of 1816; the two exceptions at the end of the lunar table
 * are Clavius’.
 */
function easterSunday(year: number): number {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const droppedLeapDays = century - Math.floor(century / 4);
  const moonDrift = Math.floor((8 * century + 13) / 25);
  const moon = (19 * golden + droppedLeapDays - moonDrift + 15) % 30;
  const fullMoon = moon === 29 || (moon === 28 && golden > 10) ? moon - 1 : moon;
  const fullMoonAt = Date.UTC(year, 2, 21 + fullMoon);
  return fullMoonAt + (7 - new Date(fullMoonAt).getUTCDay()) * DAY_MS;
}

function monthDay(at: number): string {
  return new Date(at).toISOString().slice(5, 10);
}
