/** Reads and writes the hours in which somebody can be reached (I6): "9-12, 14:30-16", "dopo le 14:30", "mornings". */

import { FIELD_LIMIT } from '../limits.ts';
import type { Locale, TimeRange } from '../ticket.ts';

const HOUR = 60;
const DAY_END = 24 * HOUR;

/** What people mean by parts of the day; minutes from midnight. */
const PARTS_OF_DAY: Readonly<Record<string, TimeRange>> = {
  ...named({ from: 9 * HOUR, to: 13 * HOUR }, 'mattina mattino mattinata mattine morning mornings'),
  ...named({ from: 14 * HOUR, to: 18 * HOUR }, 'pomeriggio pomeriggi afternoon afternoons'),
  ...named({ from: 18 * HOUR, to: 21 * HOUR }, 'sera serata evening evenings'),
};
const NOON = new Set(['mezzogiorno', 'noon', 'midday']);
const ANY_TIME = new Set([
  'sempre',
  'always',
  'anytime',
  'qualsiasi',
  'qualunque',
  'any',
  'whenever',
  'tutto',
  'all',
]);
const AFTER = new Set(['dopo', 'after', 'past']);
const BEFORE = new Set(['prima', 'entro', 'before', 'by', 'fino', 'until', 'till']);
const FROM = new Set(['dalle', 'dal', 'dall', 'da', 'from', 'tra', 'fra', 'between']);
const TO = new Set(['-', 'alle', 'al', 'all', 'a', 'ad', 'to', 'until', 'till', 'fino']);
const AND = new Set(['e', 'ed', 'and', 'o', 'oppure', 'or', ',', ';', '/', '&', '+', '.']);
/** Words that change nothing. */
const SILENT = new Set(
  `le la il l di del della delle alle nel in the at on per ore ora orario orari h hrs hours hour o'clock clock day giorno
  giornata time times momento solo only preferibilmente preferably possibilmente possibly circa about around verso`.split(
    /\s+/,
  ),
);

export type Availability =
  | { readonly ok: true; readonly ranges: readonly TimeRange[] }
  /** `part` is what could not be understood, as written. */
  | { readonly ok: false; readonly part: string };

type Lexeme = { readonly text: string; readonly start: number; readonly end: number };
type Time = { readonly minutes: number; readonly exact: boolean };

/**
 * Understands one or more ranges in Italian or English. An empty text, "sempre" or "any time" means any time: no
 * ranges. Ranges are sorted, and those that touch become one. Hours are working people's: "2-4" is the afternoon,
 * and so is the end of "9-5". Days of the week are not understood: a range is of every day.
 */
export function parseAvailability(text: string): Availability {
  if (text.length > FIELD_LIMIT) return { ok: false, part: `${text.slice(0, 40)}…` };
  const lexemes = lexemesOf(text);
  const ranges: TimeRange[] = [];
  let at = 0;
  while (at < lexemes.length) {
    const lexeme = lexemes[at];
    if (lexeme === undefined) break;
    const last = at + 1 === lexemes.length && ranges.length === 0;
    if (AND.has(lexeme.text) || (SILENT.has(lexeme.text) && !last)) {
      at++;
      continue;
    }
    const read = readAnyTime(lexemes, at) ?? readPart(lexemes, at);
    if (read === undefined) return { ok: false, part: offendingPart(text, lexemes, at) };
    if (read.range === 'any')
      return at === 0 && read.next >= lexemes.length ? { ok: true, ranges: [] } : unclear(text);
    ranges.push(read.range);
    at = read.next;
  }
  return ranges.length > 0 || text.trim() === '' ? { ok: true, ranges: merged(ranges) } : unclear(text);
}

/** "9:00–12:00 e 14:30–16:00"; a range to or from midnight is "dopo le 14:30" or "prima delle 9:00". Empty for none. */
export function formatAvailability(ranges: readonly TimeRange[], locale: Locale): string {
  const [after, before, always] =
    locale === 'it' ? ['dopo le', 'prima delle', 'sempre'] : ['after', 'before', 'any time'];
  const texts = ranges.map(({ from, to }) => {
    if (from <= 0 && to >= DAY_END) return always;
    if (to >= DAY_END) return `${after} ${clock(from)}`;
    return from <= 0 ? `${before} ${clock(to)}` : `${clock(from)}–${clock(to)}`;
  });
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(texts);
}

function clock(minutes: number): string {
  const hour = String(Math.floor(minutes / HOUR));
  // Hours of the night keep their zero, by which they are told from those of the afternoon.
  return `${minutes < 7 * HOUR ? hour.padStart(2, '0') : hour}:${String(minutes % HOUR).padStart(2, '0')}`;
}

function named(range: TimeRange, words: string): Record<string, TimeRange> {
  return Object.fromEntries(words.split(' ').map((word) => [word, range]));
}

/** Times, words and signs. Dashes of every length are one sign. */
function lexemesOf(text: string): Lexeme[] {
  return [...text.matchAll(/\d{1,2}[:.h]\d{2}(?!\d)|\d+|\p{L}+|[^\s\p{L}\d]/gu)]
    .map((match) => ({
      text: /^[-\u2010-\u2015\u2212~]$/.test(match[0]) ? '-' : match[0].toLowerCase(),
      start: match.index,
      end: match.index + match[0].length,
    }))
    .filter(({ text: sign }) => !/^['’()]$/.test(sign));
}

type Read = { readonly range: TimeRange | 'any'; readonly next: number };

function readAnyTime(lexemes: readonly Lexeme[], at: number): Read | undefined {
  if (!ANY_TIME.has(lexemes[at]?.text ?? '')) return undefined;
  return { range: 'any', next: skip(lexemes, at + 1) };
}

/** One range at `at`: a part of the day, "after" or "before" a time, or two times. */
function readPart(lexemes: readonly Lexeme[], at: number): Read | undefined {
  const word = lexemes[at]?.text ?? '';
  const part = Object.hasOwn(PARTS_OF_DAY, word) ? PARTS_OF_DAY[word] : undefined;
  if (part) return { range: part, next: at + 1 };
  if (AFTER.has(word) || BEFORE.has(word)) {
    const limit = readTime(lexemes, skip(lexemes, at + 1, TO));
    if (limit === undefined) return undefined;
    const minutes = limit.time.exact ? limit.time.minutes : byDay(limit.time.minutes);
    return valid(AFTER.has(word) ? { from: minutes, to: DAY_END } : { from: 0, to: minutes }, limit.next);
  }
  const from = readTime(lexemes, skip(lexemes, FROM.has(word) ? at + 1 : at));
  if (from === undefined) return undefined;
  const joint = lexemes[from.next]?.text ?? '';
  const between = /^(tra|fra|between)$/.test(word) && /^(e|and)$/.test(joint);
  if (!TO.has(joint) && !between) {
    // "Dalle 14:30" with nothing after it is open-ended; a bare "14:30" is a moment and no range.
    const open = /^(dalle|dal|dall|da|from)$/.test(word);
    return open ? valid({ from: adjust(from.time), to: DAY_END }, from.next) : undefined;
  }
  const to = readTime(lexemes, skip(lexemes, from.next + 1, TO));
  return to && valid(rangeOf(from.time, to.time), to.next);
}

function skip(lexemes: readonly Lexeme[], at: number, also: ReadonlySet<string> = SILENT): number {
  let next = at;
  while (SILENT.has(lexemes[next]?.text ?? '') || also.has(lexemes[next]?.text ?? '')) next++;
  return next;
}

/** "9", "09:30", "9.30", "9h30", "0930", "9 am", "2pm", "9 e mezza", "mezzogiorno". */
function readTime(lexemes: readonly Lexeme[], at: number): { time: Time; next: number } | undefined {
  const word = lexemes[at]?.text ?? '';
  if (NOON.has(word)) return { time: { minutes: 12 * HOUR, exact: true }, next: at + 1 };
  const match = /^(\d{1,2})(?:[:.h]?(\d{2}))?$/.exec(word);
  if (match === null) return undefined;
  let hour = Number(match[1]);
  let minute = Number(match[2] ?? 0);
  let next = at + 1;
  if (
    match[2] === undefined &&
    lexemes[next]?.text === 'e' &&
    /^mezz[ao]$/.test(lexemes[next + 1]?.text ?? '')
  ) {
    minute = 30;
    next += 2;
  }
  const half = meridiem(lexemes, next);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return undefined;
    hour = (hour % 12) + (half.pm ? 12 : 0);
    next = half.next;
  }
  if (minute >= HOUR || hour > 24 || (hour === 24 && minute > 0)) return undefined;
  // "02:00" is written by who means the night.
  return { time: { minutes: hour * HOUR + minute, exact: half !== undefined || word.startsWith('0') }, next };
}

function meridiem(lexemes: readonly Lexeme[], at: number): { pm: boolean; next: number } | undefined {
  const word = lexemes[at]?.text ?? '';
  if (word === 'am' || word === 'pm') return { pm: word === 'pm', next: at + 1 };
  const dotted = /^[ap]$/.test(word) && lexemes[at + 1]?.text === '.' && lexemes[at + 2]?.text === 'm';
  if (!dotted) return undefined;
  return { pm: word === 'p', next: lexemes[at + 3]?.text === '.' ? at + 4 : at + 3 };
}

/** Nobody waits for the help desk's call before seven: a small hour is one of the afternoon. */
function byDay(minutes: number): number {
  return minutes > 0 && minutes < 7 * HOUR ? minutes + DAY_END / 2 : minutes;
}

function adjust({ minutes, exact }: Time): number {
  return exact ? minutes : byDay(minutes);
}

function rangeOf(from: Time, to: Time): TimeRange {
  const start = adjust(from);
  const end = adjust(to);
  // "9-8": until eight in the evening. "12-9" is more likely the wrong way round.
  const evening = !to.exact && end <= start && end <= 8 * HOUR;
  return { from: start, to: evening ? end + DAY_END / 2 : end };
}

function valid(range: TimeRange, next: number): Read | undefined {
  return range.from < range.to && range.to <= DAY_END ? { range, next } : undefined;
}

/** From the piece that was not understood to the next comma. */
function offendingPart(text: string, lexemes: readonly Lexeme[], at: number): string {
  const rest = lexemes.slice(at);
  const end = rest.findIndex(({ text: sign }, index) => index > 0 && /^[,;]$/.test(sign));
  const last = end < 0 ? rest.at(-1) : rest[end - 1];
  return text.slice(lexemes[at]?.start, last?.end).slice(0, 60);
}

function unclear(text: string): Availability {
  return { ok: false, part: text.trim().slice(0, 60) };
}

/** Sorted, overlapping and touching ranges joined. */
function merged(ranges: readonly TimeRange[]): TimeRange[] {
  const result: TimeRange[] = [];
  for (const range of ranges.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    const last = result.at(-1);
    if (last !== undefined && range.from <= last.to) {
      result[result.length - 1] = { from: last.from, to: Math.max(last.to, range.to) };
    } else {
      result.push(range);
    }
  }
  return result;
}
