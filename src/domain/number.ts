/** Ticket numbers (T1): `YYYYMMDD`, system id, counter of that day, check digit. */

import { IANAZone } from 'luxon';
import type { Instant, TicketNumber } from './ticket.ts';

/** Date, a system id of two digits, a counter of five, the check digit. */
const SHORTEST = 16;
/** Date, a system id of six digits, a counter of nine, the check digit. */
const LONGEST = 24;

/**
 * The digit that T1 puts at the end: the digits from the left times 1, 2, 1, 2, …, the products added, the sum modulo 10
 * taken from 10, and 1 where that gives 10.
 *
 * @throws RangeError when `digits` is anything but decimal digits
 */
export function checkDigit(digits: string): number {
  if (!/^\d+$/.test(digits)) throw new RangeError(`A check digit needs decimal digits, not “${digits}”.`);
  let sum = 0;
  for (let i = 0; i < digits.length; i++) sum += (digits.charCodeAt(i) - 48) * (i % 2 === 0 ? 1 : 2);
  const rest = 10 - (sum % 10);
  return rest === 10 ? 1 : rest;
}

/**
 * The number of the `counter`-th ticket of a day, the counter written with at least five digits.
 *
 * @param day `YYYYMMDD`, see `dayOf`
 * @param systemId two to six digits
 * @param counter from 1
 * @throws RangeError when a part is not of that form: no configuration that passed its check leads there
 */
export function ticketNumber(day: string, systemId: string, counter: number): TicketNumber {
  if (!isDay(day))
    throw new RangeError(`The day of a ticket number is a date of this century as YYYYMMDD, not “${day}”.`);
  if (!/^\d{2,6}$/.test(systemId))
    throw new RangeError(`The system id of ticket numbers is two to six digits, not “${systemId}”.`);
  if (!Number.isInteger(counter) || counter < 1 || counter > 999_999_999)
    throw new RangeError(`The counter of a ticket number is a whole number from 1, not ${counter}.`);
  const digits = `${day}${systemId}${String(counter).padStart(5, '0')}`;
  return `${digits}${checkDigit(digits)}`;
}

/**
 * True for digits alone that begin with a date of this century and end with the right check digit. The century keeps most
 * card and account numbers out.
 */
export function isTicketNumber(text: string): boolean {
  return (
    text.length >= SHORTEST &&
    text.length <= LONGEST &&
    /^\d+$/.test(text) &&
    isDay(text.slice(0, 8)) &&
    checkDigit(text.slice(0, -1)) === Number(text.at(-1))
  );
}

/**
 * Ticket numbers in a free text, in order, each once. People write them with spaces or dots between groups of digits;
 * that is read where it can mean one number only, and left alone where two readings overlap. A number written in one
 * piece always counts, whatever stands beside it.
 */
export function findTicketNumbers(text: string): TicketNumber[] {
  const found = new Set<TicketNumber>();
  for (const [run] of text.matchAll(/\d+(?:[ .\u00a0]\d+)*/g)) {
    let groups: string[] = [];
    for (const group of run.split(/[ .\u00a0]/)) {
      if (isTicketNumber(group)) {
        for (const number of readGroups(groups)) found.add(number);
        groups = [];
        found.add(group);
      } else {
        groups.push(group);
      }
    }
    for (const number of readGroups(groups)) found.add(number);
  }
  return [...found];
}

/** Numbers made of neighbouring groups, without those that share a group with another reading. */
function readGroups(groups: readonly string[]): TicketNumber[] {
  const readings: { readonly number: TicketNumber; readonly from: number; readonly to: number }[] = [];
  for (let from = 0; from < groups.length; from++) {
    let number = '';
    for (let to = from; to < groups.length; to++) {
      number += groups[to];
      if (number.length > LONGEST || !'20'.startsWith(number.slice(0, 2))) break;
      if (isTicketNumber(number)) readings.push({ number, from, to });
    }
  }
  // In order of `from`: a reading stands alone when none before reaches into it and the next begins after it.
  let reached = -1;
  return readings.flatMap(({ number, from, to }, i) => {
    const alone = from > reached && (readings[i + 1]?.from ?? Number.POSITIVE_INFINITY) > to;
    reached = Math.max(reached, to);
    return alone ? [number] : [];
  });
}

/** Offsets change on quarters of an hour only, so what holds for one moment of a quarter holds for all. */
const QUARTER_MS = 900_000;
const lastDay = { quarter: Number.NaN, timeZone: '', day: '' };

/**
 * The local date of a moment, as ticket numbers write it.
 *
 * @param timeZone IANA name
 * @throws RangeError when there is no such time zone
 */
export function dayOf(instant: Instant, timeZone: string): string {
  const quarter = Math.floor(instant / QUARTER_MS);
  if (quarter === lastDay.quarter && timeZone === lastDay.timeZone) return lastDay.day;
  const zone = IANAZone.create(timeZone);
  if (!zone.isValid)
    throw new RangeError(`“${timeZone}” is not a time zone; use a name such as Europe/Rome.`);
  const local = new Date(instant + zone.offset(instant) * 60_000);
  const day = local.toISOString().slice(0, 10).replaceAll('-', '');
  Object.assign(lastDay, { quarter, timeZone, day });
  return day;
}

/** A date of this century that exists. */
function isDay(day: string): boolean {
  if (!/^20\d{6}$/.test(day)) return false;
  const [year, month, date] = [day.slice(0, 4), day.slice(4, 6), day.slice(6)];
  // Date.UTC rolls 31 April over to 1 May: compare what came of it.
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(date)));
  return at.getUTCMonth() + 1 === Number(month) && at.getUTCDate() === Number(date);
}
