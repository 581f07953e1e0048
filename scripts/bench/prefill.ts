/** Fills a store with requests that wait for their form and with open tickets, by the domain's own decisions. */

import { queueCardKey, REQUESTER_CARD_KEY } from '../../src/app/changing/notify.ts';
import type { OpenDesk } from '../../src/app/open-desk.ts';
import type { Store } from '../../src/app/ports/store.ts';
import { nextEscalation } from '../../src/domain/deadlines.ts';
import { decide } from '../../src/domain/decide.ts';
import type { Person, Queue } from '../../src/domain/desk.ts';
import type { Draft, Proposal } from '../../src/domain/draft.ts';
import { evolve } from '../../src/domain/evolve.ts';
import { checkRequest } from '../../src/domain/intake/form.ts';
import { propose } from '../../src/domain/intake/propose.ts';
import { dayOf, ticketNumber } from '../../src/domain/number.ts';
import { organisationsOf } from '../../src/domain/organisations.ts';
import { actorFor } from '../../src/domain/rights.ts';
import { route } from '../../src/domain/routing.ts';
import type { PersonRef, Ticket } from '../../src/domain/ticket.ts';

export type WaitingDraft = {
  readonly draft: Draft;
  readonly requester: PersonRef;
  readonly inputs: Readonly<Record<string, string>>;
};
/** An open ticket, and an agent who may claim it. */
export type OpenTicket = { readonly number: string; readonly queue: Queue; readonly agent: Person };

/** What people write; services of three offices. Each is accepted by the check of subjects as it stands. */
const SENTENCES: readonly { readonly text: string; readonly inputs: Readonly<Record<string, string>> }[] = [
  {
    text: 'non riesco a emettere i mandati, esce soggetto inesistente',
    inputs: { service: 'mandati', type: 'fault', 'field.fornitore': 'Edil Rossi S.r.l.' },
  },
  {
    text: 'la fattura elettronica del fornitore resta in stato scartato dallo SDI',
    inputs: { service: 'fatture-elettroniche', type: 'fault', 'field.fornitore': 'Edil Rossi S.r.l.' },
  },
  {
    text: 'il calcolo della TARI non tiene conto della superficie variata a marzo',
    inputs: { service: 'tari', type: 'fault' },
  },
  {
    text: 'la VPN si scollega ogni dieci minuti quando lavoro da casa',
    inputs: { service: 'rete-vpn', type: 'fault' },
  },
];
const AT_ONCE = 500;
const DOMAIN = 'comune.roccaferrata.example';

/** Writes drafts whose card stands in their requester's chat. */
export async function prefillDrafts(store: Store, open: OpenDesk, count: number): Promise<WaitingDraft[]> {
  const proposals = proposalsOf(open);
  const made = Array.from({ length: count }, (_, index) => waitingDraft(open, proposals, index, 'd'));
  await inGroups(made, async ({ draft, requester }) => {
    await store.saveProfile({
      person: requester.id,
      name: requester.name,
      email: draft.email ?? '',
      locale: 'it',
      teamsId: `29:${requester.id}`,
      conversation: `a:${requester.id}`,
    });
    await store.commitDraft({ draft, expected: 0, deliveries: [] });
  });
  return made;
}

/** Writes tickets that nobody has claimed, with both their cards posted and their deadlines running from now. */
export async function prefillTickets(store: Store, open: OpenDesk, count: number): Promise<OpenTicket[]> {
  const day = dayOf(Date.now(), open.desk.timeZone);
  const proposals = proposalsOf(open);
  const made: OpenTicket[] = [];
  await inGroups(
    Array.from({ length: count }, (_, index) => waitingDraft(open, proposals, index, 't')),
    async (waiting) => {
      const number = ticketNumber(day, open.desk.systemId, await store.nextCounter(day));
      const { ticket, events } = openTicket(open, waiting, number);
      const queue = open.desk.queues.get(ticket.queue);
      const agents = [...open.desk.people.values()].filter(({ agentOf }) => agentOf.includes(ticket.queue));
      const agent = agents[made.length % agents.length];
      if (!queue || !agent) throw new Error(`the example desk has nobody in ${ticket.queue}`);
      const dueAt = nextEscalation(ticket, open.desk, open.calendars)?.at;
      const root = `card-${number}`;
      await store.commitTicket({
        ticket,
        expected: 0,
        events,
        deliveries: [],
        ...(dueAt === undefined ? {} : { dueAt }),
        posts: {
          [queueCardKey(ticket.queue)]: {
            conversation: `${queue.channel};messageid=${root}`,
            activity: root,
          },
          [REQUESTER_CARD_KEY]: { conversation: `a:${waiting.requester.id}`, activity: `own-${number}` },
        },
      });
      made.push({ number, queue, agent });
    },
  );
  return made;
}

function proposalsOf({ desk }: OpenDesk): Proposal[] {
  return SENTENCES.map(({ text }) => {
    const { because: _, ...proposal } = propose(text, desk);
    return proposal;
  });
}

function waitingDraft(
  { desk }: OpenDesk,
  proposals: readonly Proposal[],
  index: number,
  series: string,
): WaitingDraft {
  const { text, inputs } = SENTENCES[index % SENTENCES.length] ?? { text: '', inputs: {} };
  const id = `${series === 'd' ? '0d' : '0c'}000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
  const requester = { id, name: `Prova ${index}` };
  const email = `prova.${series}${index}@${DOMAIN}`;
  const draft: Draft = {
    id: `bench-${series}-${index}`,
    version: 1,
    createdAt: Date.now(),
    requester,
    email,
    locale: 'it',
    organisations: organisationsOf(desk, { id, email }),
    text,
    attachments: [],
    proposal: proposals[index % SENTENCES.length] ?? {},
    inputs: { name: requester.name },
    editing: false,
    checked: false,
    candidates: [],
    withdrawn: false,
  };
  return { draft, requester, inputs: { phone: '+39 0999 555 200', ...inputs } };
}

function openTicket(open: OpenDesk, { draft, requester, inputs }: WaitingDraft, number: string) {
  const checked = checkRequest(draft, { ...draft.inputs, ...inputs }, open.desk, open.vocabulary);
  if (!checked.ok)
    throw new Error(`the benchmark’s request is not complete: ${JSON.stringify(checked.errors)}`);
  const { request } = checked;
  const { unmatched: _, ...routing } = route(open.desk, { ...request, email: draft.email ?? '' });
  const decision = decide(
    undefined,
    {
      type: 'open',
      at: Date.now(),
      via: 'chat',
      actor: actorFor(open.desk, requester),
      number,
      draft: draft.id,
      request,
      routing,
    },
    open,
  );
  if (!decision.ok) throw new Error(`the benchmark’s ticket was refused: ${decision.refusal.code}`);
  const { events } = decision;
  return { events, ticket: events.reduce<Ticket | undefined>(evolve, undefined) as Ticket };
}

/** Writes of one group share a transaction. */
async function inGroups<T>(items: readonly T[], write: (item: T) => Promise<void>): Promise<void> {
  for (let from = 0; from < items.length; from += AT_ONCE)
    await Promise.all(items.slice(from, from + AT_ONCE).map(write));
}
