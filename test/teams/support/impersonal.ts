/** Whatever happens on a stage, at the most talkative level: no line of the log may say who somebody is or what they wrote (A6). */

import assert from 'node:assert/strict';
import type { Desk } from '../../../src/domain/desk.ts';
import type { LocalTeams } from '../../../src/local/local-teams.ts';

/** Words that a program may say by itself have fewer characters, or no blank. */
const SHORTEST = 12;
/** Nobody would log more of a text than its beginning and nothing of that. */
const BEGINNING = 24;

/** Beginnings of all that people typed, in lower case. */
export type Typed = Set<string>;

/** Local Teams that remembers what people write in the chat, into forms and dialogs, and into the field of a search. */
export function noting(local: LocalTeams, typed: Typed): LocalTeams {
  // `list` nobody types: a button says with it which list it leads to.
  const note = (value: unknown): void => {
    if (typeof value === 'string') {
      const text = value.trim().toLowerCase();
      if (text.length >= SHORTEST && /\s/.test(text)) typed.add(text.slice(0, BEGINNING));
    } else if (typeof value === 'object' && value !== null)
      for (const [key, one] of Object.entries(value)) if (key !== 'list') note(one);
  };
  return {
    ...local,
    say(post) {
      note(post.text);
      return local.say(post);
    },
    press(press) {
      note(press.action.data);
      return local.press(press);
    },
    dialog(request) {
      note(request.data);
      return local.dialog(request);
    },
    search(search) {
      // A word is enough here; a ticket's number may be logged.
      const words = search.text?.trim().toLowerCase() ?? '';
      if (/^\p{L}[\p{L} ]{4,}$/u.test(words)) typed.add(words);
      return local.search(search);
    },
    deliver(activity) {
      note(activity.text);
      note(activity.value);
      return local.deliver(activity);
    },
  };
}

export function assertImpersonal(log: readonly string[], desk: Desk, typed: Typed): void {
  const written = log.join('').toLowerCase();
  for (const { name, email, phone } of desk.people.values())
    for (const personal of [name, email, phone])
      if (personal !== undefined)
        assert.ok(!written.includes(personal.toLowerCase()), `${personal} is in the log`);
  // As it stands in JSON, where quotes and line breaks are written otherwise.
  for (const text of typed)
    assert.ok(!written.includes(JSON.stringify(text).slice(1, -1)), `“${text}” is in the log`);
}
