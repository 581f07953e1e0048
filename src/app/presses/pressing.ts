/** From a verb to its command and what becomes of it, wherever it was pressed: on a card, or in a dialog over one. */

import type { PressVerb, Verb } from '../../cards/kit/verbs.ts';
import type { Actor } from '../../domain/rights.ts';
import type { Ticket } from '../../domain/ticket.ts';
import { type Executed, execute } from '../changing/execute.ts';
import type { House } from '../house.ts';
import { acquaintanceIn, actorOf, greet, pickedIn } from '../people.ts';
import type { InboundAction, Sender } from '../ports/inbound.ts';
import type { Receipt } from '../ports/store.ts';
import { CLOSING } from './closing.ts';
import { FOLLOWING } from './following.ts';
import { LINKING } from './linking.ts';
import { MAILING } from './mailing.ts';
import { PASSING } from './passing.ts';
import { PHONE } from './phone.ts';
import type { Press, Pressed } from './press.ts';
import { pressKey } from './press-key.ts';
import { REQUESTER } from './requester.ts';
import { WAITING } from './waiting.ts';
import { WORKING } from './working.ts';

const PRESSES: Readonly<Record<PressVerb, Press>> = {
  ...CLOSING,
  ...WAITING,
  ...PHONE,
  ...WORKING,
  ...PASSING,
  ...FOLLOWING,
  ...LINKING,
  ...MAILING,
  ...REQUESTER,
};

/** A button of a card, or the form of a dialog. */
export type Pressing = Pick<InboundAction, 'sender' | 'verb' | 'ticket' | 'draft' | 'seen' | 'inputs'>;

export function pressOf(verb: Verb): Press | undefined {
  return isPressVerb(verb) ? PRESSES[verb] : undefined;
}

function isPressVerb(verb: Verb): verb is PressVerb {
  return Object.hasOwn(PRESSES, verb);
}

/** @returns undefined where no card of ours can have sent such inputs */
export async function commandOf(
  house: House,
  { sender, verb, inputs }: Pressing,
  press: Press,
  actor: Actor,
  ticket: Ticket,
): Promise<Pressed | undefined> {
  const { person = '', requester = '' } = inputs;
  const met =
    verb === 'changeRequester' &&
    (await (person === '' ? acquaintanceIn(house, requester) : pickedIn(house, sender, person)));
  return press.command(inputs, {
    ...(met ? { met } : {}),
    ticket,
    actor,
    now: house.clock.now(),
    desk: house.desk,
    calendars: house.calendars,
    newKey: house.ids.next,
  });
}

/** Does it once, however often it is delivered. @param ticket as it was read a moment ago */
export async function carryOut(
  house: House,
  pressing: Pressing,
  press: Press,
  pressed: Pressed,
  ticket: Ticket,
): Promise<Executed> {
  const { sender, seen } = pressing;
  const actor = await namedActor(house, sender);
  return execute(
    house,
    ticket.number,
    {
      ...pressed,
      at: house.clock.now(),
      actor,
      via: sender.personal ? 'chat' : 'queueChannel',
      ...(seen === undefined ? {} : { seen }),
    },
    { receipt: pressReceipt(house, pressing, press.notice(pressed, ticket, house)), known: ticket },
  );
}

/** Who pressed, under the name that is written down with what they do. */
export async function namedActor(house: House, sender: Sender): Promise<Actor> {
  const actor = actorOf(house, sender);
  const { name } = await greet(house, sender);
  return actor.kind === 'person' ? { ...actor, name } : actor;
}

/** The same press has one effect, however often it is delivered: a double click does one thing. */
export function pressReceipt(house: House, pressing: Pressing, outcome: unknown = null): Receipt {
  return { key: pressKey(pressing), at: house.clock.now(), outcome };
}
