/** The desk in use, with what is worked out from it once; another one can take its place while the bot is at work. */

import { compileCalendars, type WorkingCalendar } from '../domain/calendar.ts';
import type { Desk } from '../domain/desk.ts';
import { type Vocabulary, vocabularyOf } from '../domain/intake/vocabulary.ts';

export type OpenDesk = {
  readonly desk: Desk;
  readonly calendars: ReadonlyMap<string, WorkingCalendar>;
  readonly vocabulary: Vocabulary;
};

export type ChangingDesk = OpenDesk & {
  /** Everybody who looks from now on sees the other desk; what has been looked up stays as it was. */
  replace(desk: Desk): void;
  /** The files hold something else by now, which cannot be used. */
  keep(): void;
  /** Whether the desk in use is the one in its files. */
  readonly deskIsCurrent: () => boolean;
};

export function createOpenDesk(first: Desk): ChangingDesk {
  let now = opened(first);
  let current = true;
  return {
    get desk() {
      return now.desk;
    },
    get calendars() {
      return now.calendars;
    },
    get vocabulary() {
      return now.vocabulary;
    },
    replace(desk) {
      now = opened(desk);
      current = true;
    },
    keep() {
      current = false;
    },
    deskIsCurrent: () => current,
  };
}

function opened(desk: Desk): OpenDesk {
  return { desk, calendars: compileCalendars(desk), vocabulary: vocabularyOf(desk) };
}
