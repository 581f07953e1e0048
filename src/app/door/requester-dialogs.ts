/** What a requester types about their request, from its dialog to the ticket (W10, K2). */

import { type RequesterDialog, requesterDialog } from '../../cards/dialogs/requester-dialog-view.ts';
import { isRequester } from '../../domain/rights.ts';
import type { Ticket } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import type { House } from '../house.ts';
import { actorOf } from '../people.ts';
import type { Answer, InboundDialog } from '../ports/inbound.ts';
import { commandOf, type Pressing, pressOf } from '../presses/pressing.ts';
import { inDialog, say, unknownAction } from '../say.ts';
import { contextFor } from '../showing/card-context.ts';
import { refreshOwnCards } from '../showing/own-cards.ts';
import { answerOnCard, opensOver } from '../showing/show.ts';
import { act } from './act.ts';

/** The dialog that a button opens, or whose form it sends. */
const DIALOGS: Readonly<Record<string, RequesterDialog>> = {
  writeToOffice: 'writeToOffice',
  withdraw: 'withdraw',
  comment: 'comment',
  rate: 'comment',
};

export function isRequesterDialog(verb: string): boolean {
  return Object.hasOwn(DIALOGS, verb);
}

export async function answerRequesterDialog(house: House, dialog: InboundDialog): Promise<Answer> {
  const { sender, verb, ticket: number, step } = dialog;
  const { locale } = sender;
  const kind = DIALOGS[verb];
  const ticket = number === undefined ? undefined : await house.store.ticket(number);
  const actor = actorOf(house, sender);
  if (!kind || !ticket || !isRequester(actor, ticket)) return say(translate(locale, 'refusal.unknownTicket'));
  const context = contextFor(house, locale);
  if (step === 'submit') return send(house, dialog, ticket, kind);
  opensOver(house, dialog, ticket);
  return inDialog(requesterDialog(kind, ticket, context));
}

/** The same press as on a card. What is wrong is said at the field, with what was typed. */
async function send(
  house: House,
  { kind: _, step: __, message: ___, ...pressed }: InboundDialog,
  ticket: Ticket,
  kind: RequesterDialog,
): Promise<Answer> {
  const { sender, inputs } = pressed;
  const { locale } = sender;
  const notice = await noticeOf(house, pressed, ticket);
  if (notice === undefined) return unknownAction(locale);
  const answer = await act(house, { ...pressed, kind: 'action', answerable: true, automatic: false });
  if (answer.kind !== 'card') return answer;
  const now = (await house.store.ticket(ticket.number)) ?? ticket;
  if (answer.words === undefined) {
    // The dialog closes; its card says what was done.
    answerOnCard(house, sender, now, notice);
    await refreshOwnCards(house, now, sender);
    return { kind: 'none' };
  }
  const errors = { [kind === 'comment' ? 'suggestion' : 'text']: answer.words };
  return inDialog(requesterDialog(kind, now, contextFor(house, locale), { values: inputs, errors }));
}

const SAID = ['messageSent', 'messageReopened', 'withdrawn', 'rated'] as const;

/** What is said once it is done; undefined for what is no button of a form. */
async function noticeOf(
  house: House,
  pressed: Pressing,
  ticket: Ticket,
): Promise<(typeof SAID)[number] | undefined> {
  const { verb, sender } = pressed;
  const press = pressOf(verb);
  const actor = actorOf(house, sender);
  const command = press && (await commandOf(house, pressed, press, actor, ticket));
  const notice = command && press?.notice(command, ticket, house);
  return SAID.find((one) => one === notice);
}
