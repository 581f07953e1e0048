/** Cards of a ticket's later life, for the gallery. */

import type { Outgoing } from '../../src/cards/kit/card.ts';
import type { CardContext, Notice } from '../../src/cards/kit/context.ts';
import type { FormState } from '../../src/cards/kit/fields.ts';
import { assignTask, reviewTask } from '../../src/cards/kit/tasks.ts';
import { movedPointer, personalNotice } from '../../src/cards/notices/agent-notice-view.ts';
import {
  REQUESTER_NOTICES,
  type RequesterNoticeKind,
  requesterNotice,
} from '../../src/cards/notices/requester-notice-view.ts';
import { queueCard } from '../../src/cards/queue/queue-view.ts';
import type { PersonRef, Ticket } from '../../src/domain/ticket.ts';
import { PERSON } from '../support/desk.ts';
import { ticketNumber } from '../support/tickets.ts';
import type { Typed } from './gallery.ts';
import { findingCards } from './gallery-finding.ts';

type Scene = {
  readonly ticket: Ticket;
  readonly by: PersonRef;
  readonly link: string;
  readonly notice: Notice;
  /** A form that was not accepted. */
  readonly state: FormState;
};

export function laterCards(
  { ticket, by, link, notice, state }: Scene,
  context: CardContext,
): Record<string, Outgoing> {
  const task = assignTask(ticket, context);
  return {
    'personal notice: released, to be assigned': personalNotice(
      { kind: 'agentReleased', ticket, by, link, notice, task },
      context,
    ),
    'personal notice: unsolved, to be reviewed': personalNotice(
      { kind: 'whyUnsolved', ticket, by, link, notice, task: reviewTask(ticket, context) },
      context,
    ),
    'queue: waiting until a date': queueCard(
      {
        ticket: {
          ...ticket,
          state: { kind: 'waitingReminder', until: context.now + 86_400_000, setBy: by.id },
        },
      },
      context,
    ),
    'queue: moved away': movedPointer({ ticket, link, lost: true }, context),
    ...findingCards({ ticket, typed: by.name, notice, state }, context),
  };
}

type Stages = Readonly<
  Record<'answered' | 'waiting' | 'closed' | 'taken' | 'reopened' | 'fresh', { readonly ticket: Ticket }>
>;

/** Every notice to a requester, at the stage of the story at which it comes. */
export function requesterNotices(
  stages: Stages,
  typed: Typed,
  context: CardContext,
): Record<string, Outgoing> {
  const { answered, waiting, closed, taken, reopened, fresh } = stages;
  const at: Record<RequesterNoticeKind, { readonly ticket: Ticket }> = {
    answered,
    waitingForYou: waiting,
    closed,
    claimed: taken,
    reopened,
    moved: fresh,
    merged: answered,
    closedUnsolved: closed,
    unreachable: closed,
    willClose: waiting,
  };
  const by = { id: PERSON.anna, name: typed.agentName };
  return Object.fromEntries(
    REQUESTER_NOTICES.map((kind) => [
      `requester notice: ${kind}`,
      requesterNotice({ kind, ticket: at[kind].ticket, by, ...noticeText(kind, typed) }, context),
    ]),
  );
}

function noticeText(kind: RequesterNoticeKind, typed: Typed): { text?: string; into?: string } {
  if (kind === 'merged') return { into: ticketNumber(2) };
  if (kind === 'closed' || kind === 'closedUnsolved') return { text: typed.closing };
  return kind === 'answered' || kind === 'waitingForYou' || kind === 'willClose' ? { text: typed.reply } : {};
}
