/** What a verb of a card asks for. The presses of kindred commands share a file. */

import type { QueueForm } from '../../cards/kit/buttons.ts';
import type { PressVerb } from '../../cards/kit/verbs.ts';
import type { Calendars } from '../../domain/calendar.ts';
import type { Command, CommandOf, CommandType } from '../../domain/commands.ts';
import type { Desk } from '../../domain/desk.ts';
import type { Acquaintance } from '../../domain/intake/caller.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import type { Actor } from '../../domain/rights.ts';
import type { Instant, Ticket } from '../../domain/ticket.ts';
import type { InboundAction } from '../ports/inbound.ts';
import type { NoticeName } from '../remembered.ts';

type Bare<C> = C extends Command ? Omit<C, 'at' | 'actor' | 'via' | 'seen'> : never;

/** The command of a press, without what every press has in common. */
export type Pressed = Bare<Command>;

/** What a press may need to know besides its inputs. */
export type Setting = {
  readonly ticket: Ticket;
  readonly actor: Actor;
  readonly now: Instant;
  readonly desk: Desk;
  readonly calendars: Calendars;
  /** Something new that nobody can guess. */
  readonly newKey: () => string;
  /** Whom the bot knows under the address that was typed for a requester, or whom somebody picked in the directory. */
  readonly met?: Acquaintance;
};

export type Press<T extends CommandType = CommandType> = {
  /**
   * Unknown choices become values that the decision refuses; undefined where no card of ours can have sent such inputs.
   */
  readonly command: (inputs: InboundAction['inputs'], setting: Setting) => Bare<CommandOf<T>> | undefined;
  /** What is said on top of the card once it is done. @param before the ticket as it was */
  readonly notice: (
    command: Bare<CommandOf<T>>,
    before: Ticket,
    setting: Pick<Setting, 'desk'>,
  ) => NoticeName;
  /** The form that it sends, where that has another name. */
  readonly form?: QueueForm;
  /** The field of its form that a refusal is about; where none is named, it is about the whole. */
  readonly fields?: Readonly<Partial<Record<RefusalCode, string>>>;
};

/** A file of presses: together they are one for each verb, see `pressing.ts`. */
export type Presses = Readonly<Partial<Record<PressVerb, Press>>>;

/** A press whose command and notice are of the same type. */
export function press<T extends CommandType>(press: Press<T>): Press {
  // Its notice is only ever asked about its own command.
  return press as unknown as Press;
}

/** Minutes of work as typed (T13); undefined for none, not a number for what is none. */
export function minutesIn({ minutes = '' }: InboundAction['inputs']): { readonly minutes?: number } {
  const typed = minutes.trim();
  return typed === '' ? {} : { minutes: /^\d+$/.test(typed) ? Number(typed) : Number.NaN };
}

/** Refusals about the text of a form, and about the minutes beside it. */
export const ABOUT_TEXT = { emptyText: 'text', textTooLong: 'text', minutesNotValid: 'minutes' } as const;
