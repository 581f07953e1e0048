/** Agents choose what to be told of in person (N1). */

import type { Outgoing } from '../../cards/kit/card.ts';
import { noticeChoiceCard } from '../../cards/lists/notice-choice-view.ts';
import { noticeChoiceOf } from '../../domain/notice-choice.ts';
import { translate } from '../../i18n/translate.ts';
import type { House } from '../house.ts';
import { meet } from '../people.ts';
import type { InboundAction, Sender } from '../ports/inbound.ts';
import { contextFor } from '../showing/card-context.ts';
import { type Looking, showBoard } from './lists.ts';

type Choosing = {
  readonly action: { readonly sender: Sender; readonly inputs: InboundAction['inputs'] };
  readonly looking: Looking;
};

/** The form, or the dashboard for who works no queue. */
export async function showNoticeChoice(house: House, { looking }: Choosing): Promise<Outgoing> {
  const { actor, locale } = looking;
  if (actor.agentOf.length === 0) return showBoard(house, looking, {});
  const choice = (await house.store.noticeChoices([actor.id])).get(actor.id);
  return noticeChoiceCard(
    { queues: actor.agentOf, ...(choice === undefined ? {} : { choice }) },
    contextFor(house, locale),
  );
}

export async function chooseNotices(house: House, { action, looking }: Choosing): Promise<Outgoing> {
  const { actor, locale } = looking;
  if (actor.agentOf.length === 0) return showBoard(house, looking, {});
  const { queues = '', kinds = '' } = action.inputs;
  const choice = noticeChoiceOf({ queues, kinds }, actor.agentOf);
  // It is kept with what is known of them.
  await meet(house, action.sender);
  await house.store.chooseNotices(actor.id, choice);
  const notice = { text: translate(locale, 'noticeChoice.saved'), tone: 'good' } as const;
  return noticeChoiceCard({ queues: actor.agentOf, choice, notice }, contextFor(house, locale));
}
