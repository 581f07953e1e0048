/** One ticket after the other, all alike, and somebody in each role beside it. */

import { LRUCache } from 'lru-cache';
import { createResponder, type Responder } from '../../src/app/door/respond.ts';
import type { House } from '../../src/app/house.ts';
import type { InboundAction, InboundDialog, Sender } from '../../src/app/ports/inbound.ts';
import type { Mailer } from '../../src/app/ports/mail.ts';
import type { Verb } from '../../src/cards/kit/verbs.ts';
import type { Desk, Person } from '../../src/domain/desk.ts';
import type { Article, PersonId, PersonRef, Ticket } from '../../src/domain/ticket.ts';
import { type Building, build } from '../app/support/house.ts';
import { testDesk } from '../support/desk.ts';
import {
  aDraft,
  aTicket,
  drafting,
  MORNING,
  notedEvent,
  openedEvent,
  ticketNumber,
} from '../support/tickets.ts';
import { type Pressing, ROLES, type Role } from './allowed.ts';
import { FIRST, OTHER } from './pressings.ts';

/** What gives away that somebody has learnt of it. */
export const MARKS = {
  subject: 'OGGETTOSEGNO',
  public: 'RISPOSTASEGNO',
  contact: '0371 777888',
  internal: 'SEGRETO',
} as const;

export const ID = Object.fromEntries(
  ROLES.map((role, index) => [role, `66666666-0000-4000-8000-${String(index).padStart(12, '0')}`]),
) as Record<Role, PersonId>;
const ref = (role: Role): PersonRef => ({ id: ID[role], name: `Nome di ${role}` });

const SERVES: Readonly<Partial<Record<Role, Partial<Person>>>> = {
  staffer: {},
  watcher: { agentOf: ['systems'] },
  agent: { agentOf: ['finance'] },
  owner: { agentOf: ['finance'] },
  otherAgent: { agentOf: ['taxes'] },
  firstLevel: { agentOf: ['contact-centre'] },
  responsible: {},
  supervisor: { supervisorOf: ['finance'] },
  administrator: { administrator: true },
  leftQueue: { agentOf: ['taxes'] },
};

export function desk(): Desk {
  const known = testDesk();
  const people = new Map(known.people);
  for (const [role, serves] of Object.entries(SERVES)) {
    const { id, name } = ref(role as Role);
    const plain = { organisations: [], agentOf: [], supervisorOf: [], administrator: false, areas: [] };
    people.set(id, { id, key: role, name, email: `${role}@comune.example.it`, ...plain, ...serves });
  }
  const named = { id: 'named', when: {}, queue: 'finance', responsible: ID.responsible };
  const courteous = known.templates.map((one) => ({ ...one, courtesy: true }));
  return { ...known, people, rules: [named, ...known.rules], templates: courteous };
}

const file = { id: 'f'.repeat(64), name: 'SEGRETO.pdf', contentType: 'application/pdf', size: 3 };

/** The ticket as it stands for somebody in this role, who may be in its way themselves. */
export function ticketFor(counter: number, role: Role, on: NonNullable<Pressing['on']>): Ticket {
  const left = role === 'leftDesk' || role === 'leftQueue';
  const owner = left ? ref(role) : on === 'held' ? ref('owner') : undefined;
  const locked = on === 'held' || (left && on === 'free');
  const [request] = aTicket(counter).articles;
  const written = (kind: Article['kind'], id: number, text: string): Article => ({
    ...{ id, kind, at: MORNING, by: ref('agent'), text },
    attachments: kind === 'note' ? [file] : [],
  });
  const state = {
    held: { kind: 'inProgress' },
    free: { kind: 'open' },
    waiting: { kind: 'waitingReminder', until: MORNING + 86_400_000, setBy: ID.agent },
    closed: { kind: 'closedSuccessfully', at: MORNING },
    review: { kind: 'closedUnsuccessfully', at: MORNING },
  } as const;
  return aTicket(counter, {
    version: 3,
    subject: `${MARKS.subject} guasto`,
    contact: { name: 'Chi chiede', phone: MARKS.contact, availability: [] },
    requester: ref('requester'),
    formerRequesters: [ref('former')],
    alsoRequesters: [ref('also')],
    watchers: [ref('watcher'), ...(left ? [ref(role)] : [])],
    createdIn: 'systems',
    formerQueues: ['systems'],
    state: state[on],
    locked,
    ...(locked ? { lockedAt: MORNING } : {}),
    ...(owner ? { owner } : {}),
    responsible: left ? ref(role) : ref('responsible'),
    ...(on === 'review' ? { review: 'asked' as const } : {}),
    articles: [
      request as Article,
      written('reply', 2, `${MARKS.public} vi rispondiamo`),
      written('note', 3, `${MARKS.internal} sentito il tesoriere`),
    ],
  });
}

export type World = {
  readonly house: House;
  readonly respond: Responder;
  /** The next ticket and draft, with cards where people in this role may have them. */
  put(role: Role, pressing: Pressing): Promise<Put>;
  readonly other: string;
  stop(): Promise<void>;
};
export type Put = { readonly ticket: Ticket; readonly draft: string; readonly chat?: string };

/** Roles that have a card of the ticket in their own chat, or had it once. */
const HAVE_CARDS: readonly Role[] = ROLES.filter(
  (role) => !['staffer', 'otherAgent', 'firstLevel'].includes(role),
);

export const CHANNEL = '19:finance@thread.tacv2';

export async function world(): Promise<World> {
  const building: Building = await build();
  const made = await building.house({ desk: desk() });
  const house: House = {
    ...made,
    openForms: new LRUCache({ max: 10 }),
    mailer: { send: async () => ({ kind: 'sent' }) } as unknown as Mailer,
  };
  let counter = FIRST;
  const other = ticketNumber(OTHER);
  const target = aTicket(OTHER, { number: other });
  await house.store.commitTicket({
    ticket: target,
    expected: 0,
    events: [openedEvent(target)],
    deliveries: [],
  });
  return {
    house,
    respond: createResponder(house),
    other,
    async put(role, { on = 'held', draft: ofDraft }) {
      counter += 1;
      const ticket = ticketFor(counter, role, on);
      const reply = { ...notedEvent(MARKS.public), type: 'replied' } as const;
      const { attachments: _, ...replied } = reply;
      const events = [openedEvent(ticket), replied, notedEvent(MARKS.internal)];
      const post = (conversation: string, letter: string) => ({
        conversation,
        activity: `${letter}${counter}`,
      });
      const chat = HAVE_CARDS.includes(role) ? `${role}-${counter}` : undefined;
      const key =
        role === 'former'
          ? 'card:requester'
          : role === 'requester'
            ? `card:requester:${ID.requester}`
            : `copy:${ID[role]}:${counter}`;
      await house.store.commitTicket({
        ticket,
        expected: 0,
        events,
        deliveries: [],
        posts: {
          'card:finance': post(CHANNEL, 'c'),
          ...(chat ? { [key]: { conversation: `a:${ID[role]}`, activity: chat } } : {}),
        },
      });
      const draft = `prepared-${counter}`;
      if (ofDraft) {
        const candidates = [ticket.number];
        const prepared = aDraft(draft, { requester: ref('requester'), candidates });
        await house.store.commitDraft(drafting(prepared));
      }
      return { ticket, draft, ...(chat ? { chat } : {}) };
    },
    stop: () => building.demolish(),
  };
}

export function senderOf(role: Role, personal: boolean, activity: string): Sender {
  return {
    ...{ person: ID[role], name: `Nome di ${role}`, teamsId: `29:${role}`, locale: 'it' },
    conversation: personal ? `a:${ID[role]}` : `${CHANNEL};messageid=${activity}`,
    personal,
    serviceUrl: 'https://teams.example/',
  };
}

export const DOORS = ['card in the channel', 'card in the chat', 'dialog', 'form of a dialog'] as const;
export type Door = (typeof DOORS)[number];

let presses = 0;

/** What reaches the desk when somebody in this role presses it there. */
export function pressAt(
  door: Door,
  role: Role,
  verb: Verb,
  { ticket, draft, chat }: Put,
  { inputs = {}, draft: ofDraft }: Pressing,
): InboundAction | InboundDialog {
  const channel = door === 'card in the channel';
  const activity = channel ? `c${Number(ticket.draft.slice('draft-'.length))}` : (chat ?? 'unknown');
  const sender = senderOf(role, !channel, activity);
  const key = `press ${++presses}`;
  const about = {
    ...{ sender, key, verb, ticket: ticket.number, seen: ticket.version },
    ...(ofDraft ? { draft } : {}),
    inputs: { ...inputs, tickets: `${ticket.number}-${ticket.version}` },
  };
  if (door === 'dialog' || door === 'form of a dialog')
    return { kind: 'dialog', step: door === 'dialog' ? 'fetch' : 'submit', ...about };
  const post = { conversation: sender.conversation, activity };
  return {
    kind: 'action',
    ...about,
    ...(channel || chat ? { post } : {}),
    answerable: true,
    automatic: false,
  };
}
