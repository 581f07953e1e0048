/** What people do in Teams: write, look, press what they see. */

import assert from 'node:assert/strict';
import type { Ticket } from '../../../src/domain/ticket.ts';
import type { ActionResult, DialogResult, MessageView } from '../../../src/local/protocol.ts';
import { PERSON } from '../../support/desk.ts';
import { actionsOf, buttonsOf, cardIn, dataOf, inputsOf, type PressableData, refreshOf } from './cards.ts';
import type { Stage } from './stage.ts';

export type Who = keyof typeof PERSON;
type Inputs = Readonly<Record<string, unknown>>;

/** A sentence that needs nothing more to become a request of the finance office. */
export const CLEAR = 'non riesco a emettere i mandati, esce soggetto inesistente';

export function chatOf(stage: Stage, who: Who): string {
  return stage.local.personalChat(PERSON[who]);
}

export function channelOf(stage: Stage, queue: string): string {
  const channel = stage.desk.queues.get(queue)?.channel;
  assert.ok(channel, `the desk has no queue ${queue}`);
  return channel;
}

/** Writes in the personal chat, and waits for the bot's answer to the request alone. */
export async function say(
  stage: Stage,
  who: Who,
  text: string,
  more: { readonly locale?: string; readonly files?: readonly string[]; readonly quotes?: string } = {},
): Promise<MessageView> {
  const { message, delivered } = stage.local.say({
    as: PERSON[who],
    conversation: chatOf(stage, who),
    text,
    ...more,
  });
  const answer = await delivered;
  assert.equal(answer?.kind === 'answered' && answer.status, 200, JSON.stringify(answer));
  return message;
}

/** Messages of the bot in somebody's chat, oldest first. */
export function heardBy(stage: Stage, who: Who): MessageView[] {
  return stage.local.messagesOf(chatOf(stage, who), PERSON[who]).filter(({ from }) => from.bot);
}

export function lastHeardBy(stage: Stage, who: Who): MessageView {
  const last = heardBy(stage, who).at(-1);
  assert.ok(last, `${who} has heard nothing`);
  return last;
}

/** Cards that the bot posted in a queue's channel, without the replies in their threads. */
export function cardsIn(stage: Stage, queue: string): MessageView[] {
  return postsIn(stage, queue).filter(({ replyTo }) => replyTo === undefined);
}

/** All that the bot posted in a queue's channel. */
export function postsIn(stage: Stage, queue: string): MessageView[] {
  const member = [...stage.desk.people.values()].find(({ agentOf }) => agentOf.includes(queue));
  assert.ok(member, `nobody works ${queue}`);
  return stage.local.messagesOf(channelOf(stage, queue), member.id).filter(({ from }) => from.bot);
}

/** The card of a ticket in its queue's channel: there is one. */
export function queueCardOf(stage: Stage, { number, queue }: Pick<Ticket, 'number' | 'queue'>): MessageView {
  const [card, ...more] = cardsIn(stage, queue).filter(({ summary }) => summary?.includes(number));
  assert.ok(card && more.length === 0, `${card ? 1 + more.length : 0} cards of ${number} in ${queue}`);
  return card;
}

/** Presses a button as it is, with these inputs merged in. */
export function press(
  stage: Stage,
  who: Who,
  on: MessageView,
  data: PressableData,
  inputs: Inputs = {},
  more: { readonly locale?: string; readonly trigger?: 'manual' | 'automatic' } = {},
): Promise<ActionResult> {
  return stage.local.press({
    as: PERSON[who],
    conversation: on.conversation,
    message: on.id,
    action: { type: 'Action.Execute', verb: data.verb, data: { ...data, ...inputs } },
    ...more,
  });
}

/** The card as this person sees it: their own version where the card asks for one. */
export async function look(stage: Stage, who: Who, at: MessageView): Promise<unknown> {
  const now = stage.local.messagesOf(at.conversation, PERSON[who]).find(({ id }) => id === at.id);
  const [card] = now?.cards ?? [];
  assert.ok(card, 'there is no card to look at');
  const refresh = refreshOf(card, stage.local.teamsId(PERSON[who]));
  return refresh ? cardIn(await press(stage, who, at, refresh, {}, { trigger: 'automatic' })) : card;
}

/** Opens the dialog of a form from the card, as this person sees it. @returns the card in it */
export async function openForm(
  stage: Stage,
  who: Who,
  at: MessageView,
  form: string,
  locale = 'it-IT',
): Promise<unknown> {
  const opener = buttonsOf(await look(stage, who, at)).find(({ data }) => data.form === form);
  assert.ok(opener?.data.msteams, `${who} has no dialog ${form}`);
  return dialogIn(await askDialog(stage, who, at, 'fetch', opener.data, locale));
}

export function askDialog(
  stage: Stage,
  who: Who,
  at: MessageView,
  step: 'fetch' | 'submit',
  data: Inputs,
  locale = 'it-IT',
): Promise<DialogResult> {
  const { conversation, id: message } = at;
  return stage.local.dialog({ as: PERSON[who], conversation, message, step, data, locale });
}

/** Presses a button of the dialog, with all that stands in its inputs but for these. */
export function sendForm(
  stage: Stage,
  who: Who,
  at: MessageView,
  dialog: unknown,
  pressed: string | PressableData,
  inputs: Inputs = {},
): Promise<DialogResult> {
  const data = typeof pressed === 'string' ? dataOf(dialog, pressed) : pressed;
  return askDialog(stage, who, at, 'submit', { ...data, ...inputsOf(dialog), ...inputs });
}

export function dialogIn(result: DialogResult): unknown {
  assert.equal(result.kind, 'dialog', JSON.stringify(result).slice(0, 300));
  return result.kind === 'dialog' ? result.card : undefined;
}

/** What its person sees then: the dialog that stays, the words in its place, or the card below it. */
export async function after(
  stage: Stage,
  who: Who,
  at: MessageView,
  result: DialogResult,
): Promise<ActionResult> {
  switch (result.kind) {
    case 'closed':
      await stage.settle();
      return { kind: 'card', card: await look(stage, who, at) };
    case 'dialog':
      return { kind: 'card', card: result.card };
    case 'message':
    case 'error':
      return result;
    case 'insert':
      return assert.fail('a form inserts nothing');
  }
}

/**
 * Presses what is called so, on a card or in a dialog over it, with what stands in the inputs there but for these.
 * @param card as it was answered: the card at that message, or the dialog
 */
export async function click(
  stage: Stage,
  who: Who,
  at: MessageView,
  card: unknown,
  title: string | RegExp,
  inputs: Inputs = {},
): Promise<ActionResult> {
  const actions = actionsOf(card);
  const found = actions.find((one) =>
    typeof title === 'string' ? one.title === title : title.test(one.title),
  );
  assert.ok(found, `no ${title}: ${actions.map((one) => one.title).join(', ')}`);
  const { type, data } = found;
  if (type === 'Action.Execute') return press(stage, who, at, data, inputs);
  const step = data.msteams ? 'fetch' : 'submit';
  const sent = { ...data, ...(step === 'submit' ? inputsOf(card) : {}), ...inputs };
  return after(stage, who, at, await askDialog(stage, who, at, step, sent));
}

/**
 * Looks at the card, opens the form where there is one, fills it in and sends it.
 * @param form where it is not called as the verb that sends it
 */
export async function act(
  stage: Stage,
  who: Who,
  at: MessageView,
  verb: string,
  inputs: Inputs = {},
  form = verb,
): Promise<ActionResult> {
  const card = await look(stage, who, at);
  const opener = buttonsOf(card).find(({ data }) => data.verb === 'openForm' && data.form === form);
  if (opener?.data.msteams) {
    const dialog = dialogIn(await askDialog(stage, who, at, 'fetch', opener.data));
    return after(stage, who, at, await sendForm(stage, who, at, dialog, verb, inputs));
  }
  const opened = opener ? cardIn(await press(stage, who, at, opener.data)) : card;
  return press(stage, who, at, dataOf(opened, verb), inputs);
}

/** Writes a request, fills in the form and sends it. */
export async function openTicket(
  stage: Stage,
  who: Who = 'maria',
  { text = CLEAR, inputs = {}, locale = 'it-IT' }: { text?: string; inputs?: Inputs; locale?: string } = {},
): Promise<Ticket> {
  await say(stage, who, text, { locale });
  await stage.settle();
  const form = lastHeardBy(stage, who);
  const answer = await press(stage, who, form, dataOf(form.cards[0], 'sendRequest'), inputs, { locale });
  const [ticket] = await stage.store.ticketsOf(PERSON[who], 1);
  assert.ok(ticket && JSON.stringify(answer).includes(ticket.number), JSON.stringify(answer).slice(0, 3_000));
  await stage.settle();
  return ticket;
}

/** The ticket as it stands. */
export async function reread(stage: Stage, { number }: Pick<Ticket, 'number'>): Promise<Ticket> {
  const ticket = await stage.store.ticket(number);
  assert.ok(ticket, `there is no ticket ${number}`);
  return ticket;
}

/** Types of what has happened to the ticket, oldest first. */
export async function historyOf(stage: Stage, { number }: Pick<Ticket, 'number'>): Promise<string[]> {
  return (await stage.store.history(number)).map(({ type }) => type);
}

/** Inputs of the reply form. Its choice of what follows is called `then`, which no object literal may be. */
export function replying(text: string, next: 'stay' | 'waitRequester' | 'close'): Inputs {
  return Object.fromEntries([
    ['text', text],
    ['then', next],
  ]);
}
