/** The dashboard, lists and the form that searches, for the gallery. */

import type { Outgoing } from '../../src/cards/kit/card.ts';
import type { CardContext, Notice } from '../../src/cards/kit/context.ts';
import type { FormState } from '../../src/cards/kit/fields.ts';
import { type BoardInput, boardCard } from '../../src/cards/lists/board-view.ts';
import { bulkForm, opensInDialog, outcomeCard, selectionCard } from '../../src/cards/lists/bulk-view.ts';
import { type ListInput, listCard, PAGE_SIZE, searchNameDialog } from '../../src/cards/lists/list-view.ts';
import { noticeChoiceCard } from '../../src/cards/lists/notice-choice-view.ts';
import { savedSearchesCard } from '../../src/cards/lists/saved-searches-view.ts';
import { searchForm, searchOpener } from '../../src/cards/lists/search-form-view.ts';
import { helpCard } from '../../src/cards/notices/text-view.ts';
import { BULK_ACTIONS, writePicked } from '../../src/domain/bulk.ts';
import { actorFor } from '../../src/domain/rights.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { PERSON } from '../support/desk.ts';
import { ticketNumber } from '../support/tickets.ts';

type Scene = {
  readonly ticket: Ticket;
  /** Something typed: words looked for, and the name under which they are kept. */
  readonly typed: string;
  readonly notice: Notice;
  readonly state: FormState;
};

export function aBoard(typed: string): BoardInput {
  return {
    scope: 'queues',
    agent: true,
    open: [
      { queue: 'finance', state: 'new', count: 12 },
      { queue: 'finance', state: 'inProgress', count: 3 },
      { queue: 'finance', state: 'waitingRequester', count: 2 },
      { queue: 'taxes', state: 'open', count: 1 },
      { queue: 'systems', state: 'waitingReminder', count: 128 },
    ],
    counts: { reminder: 1, escalated: 4, locked: 0, created: 41, closed: 38 },
    saved: [
      { name: typed, asked: 'scope=queues&due=escalated' },
      { name: 'Stampanti', asked: 'scope=all&words=stampant' },
    ],
  };
}

export function aList({ ticket, typed }: Pick<Scene, 'ticket' | 'typed'>): ListInput {
  const tickets = Array.from({ length: PAGE_SIZE }, (_, index) => ({
    ...ticket,
    number: ticketNumber(index + 1),
    ...(index === 2 ? { priority: 5 as const } : {}),
  }));
  return {
    // Longer words are refused: the buttons could not carry them.
    asked: { scope: 'queues', state: 'new', words: typed.slice(0, 80).toWellFormed() },
    scope: 'queues',
    tickets,
    count: 23,
    trail: ['1793869000001'],
    next: '1793868000001',
    csv: 'https://desk.example.it/list?asked=scope',
  };
}

export function findingCards(scene: Scene, context: CardContext): Record<string, Outgoing> {
  const { typed, notice, state } = scene;
  const list = aList(scene);
  const late = { ...context, now: context.now + 9 * 86_400_000 };
  const { next: _, ...last } = list;
  return {
    board: boardCard({ ...aBoard(typed), takesCalls: true }, context),
    'board: nothing to do': boardCard(
      {
        scope: 'mine',
        agent: false,
        open: [],
        counts: { reminder: 0, escalated: 0, locked: 0, created: 0, closed: 0 },
        saved: [],
      },
      context,
    ),
    'list: page of a search': listCard({ ...list, notice }, late),
    'list: kept search': listCard({ ...last, trail: [], count: 8, kept: typed }, context),
    'list dialog: name': searchNameDialog(
      { asked: list.asked, trail: list.trail, card: '1793869000002' },
      context,
      {
        values: { name: typed },
        errors: { name: state.errors?.text ?? '' },
      },
    ),
    'list: own requests': listCard({ ...list, asked: { scope: 'requested' }, scope: 'requested' }, context),
    'list: nothing found': listCard({ ...last, tickets: [], count: 0, trail: [] }, context),
    'search dialog: first fields': searchForm(
      { asked: { words: typed }, scope: 'all', whole: false },
      context,
    ),
    'search dialog: all fields': searchForm(
      {
        asked: { words: typed, title: typed, createdFrom: typed, owner: 'x', queue: 'finance' },
        scope: 'all',
        whole: true,
        errors: { createdFrom: state.errors?.text ?? '' },
      },
      context,
    ),
    'search dialog: of a requester': searchForm({ asked: {}, scope: 'requested', whole: true }, context),
    'search: asked for': searchOpener({}, context.locale),
    'search: not understood': searchOpener({ words: typed }, context.locale, { words: typed }),
    'search: kept': savedSearchesCard({ saved: aBoard(typed).saved }, context),
    'search: none kept': savedSearchesCard({ saved: [], scope: 'requested' }, context),
    'notice choice: not yet': noticeChoiceCard({ queues: ['finance', 'taxes'] }, context),
    'notice choice: saved': noticeChoiceCard(
      { queues: ['finance'], choice: { queues: ['finance'], kinds: ['answer', 'note'] }, notice },
      context,
    ),
    help: helpCard(context.locale, true, true, { administrator: true, takesCalls: true }),
    ...bulkCards(list, scene, context),
  };
}

function bulkCards(
  { asked, tickets }: ListInput,
  { typed, state }: Scene,
  context: CardContext,
): Record<string, Outgoing> {
  const from = { asked, trail: ['1793869000001'] };
  const anna = actorFor(context.desk, { id: PERSON.anna, name: '' });
  const ticked = tickets.slice(1, 4).map(writePicked).join(',');
  const filled = {
    values: { text: typed, note: typed, queue: 'taxes', to: PERSON.bruno },
    errors: { text: state.errors?.text ?? '', note: state.errors?.text ?? '' },
  };
  return {
    'bulk: boxes': selectionCard(from, tickets, anna, context, { values: { tickets: ticked } }),
    'bulk: nothing ticked': selectionCard(from, tickets, anna, context, {
      errors: { tickets: 'Scegli almeno una richiesta.' },
    }),
    ...Object.fromEntries(
      BULK_ACTIONS.map((action) => [
        `${opensInDialog(action) ? 'bulk dialog' : 'bulk'}: ${action}`,
        bulkForm(from, action, tickets, context),
      ]),
    ),
    'bulk dialog: to be corrected': bulkForm(from, 'assign', tickets, context, filled),
    'bulk: outcome': outcomeCard(
      from,
      tickets.map((ticket, index) => ({
        number: ticket.number,
        ...(index === 5 ? {} : { ticket }),
        ...(index % 3 === 2 ? { reason: `Ce l’ha in carico ${typed.slice(0, 80)}.` } : {}),
      })),
      context,
    ),
  };
}
