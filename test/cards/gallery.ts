/** Every card in every shape, from one world whose every typed text can be replaced. For tests and for looking at. */

import { attachmentsDialog } from '../../src/cards/dialogs/attachments-view.ts';
import { formDialog } from '../../src/cards/dialogs/form-dialog-view.ts';
import { historyDialog } from '../../src/cards/dialogs/history-view.ts';
import { requesterDialog } from '../../src/cards/dialogs/requester-dialog-view.ts';
import { DIALOG_FORMS, PLACE_FORMS } from '../../src/cards/kit/buttons.ts';
import type { Outgoing } from '../../src/cards/kit/card.ts';
import type { CardContext } from '../../src/cards/kit/context.ts';
import {
  orphanPointer,
  PERSONAL_NOTICES,
  personalNotice,
  THREAD_NOTICES,
  threadNotice,
} from '../../src/cards/notices/agent-notice-view.ts';
import { escalationCard } from '../../src/cards/notices/escalation-view.ts';
import { requesterNotice } from '../../src/cards/notices/requester-notice-view.ts';
import { textCard, welcomeCard } from '../../src/cards/notices/text-view.ts';
import { queueCard } from '../../src/cards/queue/queue-view.ts';
import { draftCard } from '../../src/cards/requester/draft-view.ts';
import { requestCard } from '../../src/cards/requester/request-view.ts';
import { whichTicketCard } from '../../src/cards/requester/which-ticket-view.ts';
import { compileCalendars } from '../../src/domain/calendar.ts';
import type { Draft } from '../../src/domain/draft.ts';
import type { TicketEvent } from '../../src/domain/events.ts';
import { replay } from '../../src/domain/evolve.ts';
import { actorFor } from '../../src/domain/rights.ts';
import type { AttachmentRef, Instant, Locale } from '../../src/domain/ticket.ts';
import { PERSON, testDesk } from '../support/desk.ts';
import { aDraft, aRequest, aRouting, MORNING, ticketNumber } from '../support/tickets.ts';
import { extensionShapes } from './extension-shapes.ts';
import { alertCards } from './gallery-alerts.ts';
import { callCards } from './gallery-calls.ts';
import { laterCards, requesterNotices } from './gallery-life.ts';
import { mailCards } from './gallery-mail.ts';
import { linkedCards } from './linked-tickets.ts';

/** Everything that somebody can type, or that comes from their profile or their files. */
export const HARMLESS = {
  requesterName: 'Maria Rinaldi',
  agentName: 'Anna Corti',
  otherAgentName: 'Bruno Gatti',
  contactName: 'Maria Rinaldi',
  phone: '0371 409 204',
  availability: '9:00-13:00',
  subject: 'Emissione mandati: soggetto inesistente',
  text: 'Non riesco a emettere i mandati, esce “soggetto inesistente”.\nSuccede da stamattina con tutti i fornitori esteri.',
  field: 'mandato 4711',
  note: 'Il beneficiario non ha il codice fiscale estero in anagrafica.',
  assignNote: 'Se ne intende di più Bruno, glielo passo.',
  reply: 'Buongiorno Maria, mi manda il numero di uno dei mandati che non partono?',
  message: 'Certo: è il 1234/2026. Grazie!',
  closing: 'Abbiamo completato l’anagrafica del beneficiario: ora i mandati partono.',
  fileName: 'schermata.png',
  notice: 'L’ha presa in carico Anna Corti oggi 10:32.',
  error: 'Manca il testo: scrivilo e riprova.',
  agreement: 'Continuità del servizio',
  recipient: 'Maria Rinaldi',
  reason: 'ConversationNotFound',
} as const;
export type Typed = Readonly<Record<keyof typeof HARMLESS, string>>;

const MINUTE = 60_000;

export function file(name: string, size = 184_320): AttachmentRef {
  return { id: 'a'.repeat(64), name, contentType: 'image/png', size };
}

export function contextFor(locale: Locale, now: Instant = MORNING + 3 * 60 * MINUTE): CardContext {
  const desk = testDesk();
  return { desk, calendars: compileCalendars(desk), now, locale, refreshFor: ['29:maria', '29:anna'] };
}

/** The story of one ticket, from its opening to its reopening. */
export function story(typed: Typed) {
  const maria = { id: PERSON.maria, name: typed.requesterName };
  const anna = { id: PERSON.anna, name: typed.agentName };
  const bruno = { id: PERSON.bruno, name: typed.otherAgentName };
  const dario = { id: PERSON.dario, name: typed.otherAgentName };
  const at = (minutes: number): Instant => MORNING + minutes * MINUTE;
  const request = aRequest({
    requester: maria,
    contact: { name: typed.contactName, phone: typed.phone, availability: [{ from: 540, to: 780 }] },
    subject: typed.subject,
    text: typed.text,
    fields: { order: typed.field },
    attachments: [file(typed.fileName)],
  });
  const opened: TicketEvent = {
    type: 'opened',
    at: at(0),
    by: maria,
    via: 'chat',
    number: ticketNumber(1),
    draft: 'draft-1',
    request,
    routing: aRouting({ responsible: dario }),
    deadlines: [
      { kind: 'firstResponse', allowedMs: 480 * MINUTE },
      { kind: 'solution', allowedMs: 2_400 * MINUTE },
    ],
  };
  const inChannel = { by: anna, via: 'queueChannel' } as const;
  const claimed: TicketEvent = { type: 'claimed', at: at(32), ...inChannel };
  const noted: TicketEvent = { type: 'noted', at: at(40), ...inChannel, text: typed.note, attachments: [] };
  const replied: TicketEvent = { type: 'replied', at: at(45), ...inChannel, text: typed.reply };
  const waited: TicketEvent = {
    type: 'waitedForRequester',
    at: at(45),
    ...inChannel,
    used: [{ kind: 'solution', usedMs: 45 * MINUTE }],
  };
  const wrote: TicketEvent = {
    type: 'requesterWrote',
    at: at(90),
    by: maria,
    via: 'chat',
    text: typed.message,
    attachments: [file(typed.fileName)],
  };
  const waitEnded: TicketEvent = { type: 'waitEnded', at: at(90), by: maria, via: 'chat' };
  const classified: TicketEvent = {
    type: 'classified',
    at: at(95),
    ...inChannel,
    from: { priority: 3, ticketType: 'fault', service: 'payment-orders' },
    to: {
      ...{ priority: 4, ticketType: 'operationalSupport', service: 'invoices', impact: 4 },
      ...{ agreement: 'continuity', agreementChosen: true },
    },
    deadlines: [{ kind: 'solution', allowedMs: 2_400 * MINUTE }],
  };
  const assigned: TicketEvent = {
    type: 'assigned',
    at: at(100),
    by: dario,
    via: 'chat',
    from: anna,
    to: bruno,
    note: typed.assignNote,
  };
  const escalated: TicketEvent = {
    type: 'escalated',
    at: at(110),
    via: 'timer',
    deadline: 'solution',
    level: 'warning',
    share: 0.75,
    notified: [bruno, dario],
  };
  const closed: TicketEvent = {
    type: 'closedSuccessfully',
    at: at(120),
    ...inChannel,
    by: bruno,
    text: typed.closing,
  };
  const wroteAgain: TicketEvent = { ...wrote, at: at(150), text: typed.message, attachments: [] };
  const reopened: TicketEvent = { type: 'reopened', at: at(150), by: maria, via: 'chat' };

  const upTo = (...events: readonly TicketEvent[]) => ({ history: events, ticket: replay(events) });
  const all = [opened, claimed, noted, replied, waited, wrote, waitEnded, classified, assigned, escalated];
  return {
    fresh: upTo(opened),
    taken: upTo(opened, claimed),
    noted: upTo(opened, claimed, noted),
    waiting: upTo(opened, claimed, noted, replied, waited),
    answered: upTo(...all),
    closed: upTo(...all, closed),
    reopened: upTo(...all, closed, wroteAgain, reopened),
  };
}

export function draftOf(typed: Typed, over: Partial<Draft> = {}): Draft {
  return aDraft('draft-7', {
    version: 3,
    requester: { id: PERSON.maria, name: typed.requesterName },
    text: typed.text,
    attachments: [file(typed.fileName), file(typed.fileName)],
    ...over,
  });
}

export function draftValues(typed: Typed): Record<string, string> {
  return {
    subject: typed.subject,
    text: typed.text,
    type: 'operationalSupport',
    service: 'payment-orders',
    organisation: 'comune',
    name: typed.contactName,
    phone: typed.phone,
    availability: typed.availability,
    'field.order': typed.field,
    acceptCharge: 'false',
  };
}

/** The context, with the agreement of the story under this name. */
function agreed(context: CardContext, name: string): CardContext {
  const agreement = { id: 'continuity', name: { it: name, en: name } };
  const agreements = new Map([...context.desk.agreements, [agreement.id, agreement]]);
  return { ...context, desk: { ...context.desk, agreements } };
}

/** All cards by name, `card` or `card: shape`. */
export function gallery(typed: Typed, locale: Locale): Record<string, Outgoing> {
  const context = agreed(contextFor(locale), typed.agreement);
  const { desk } = context;
  const viewer = (key: keyof typeof PERSON) => actorFor(desk, { id: PERSON[key], name: '' });
  const { fresh, taken, noted, waiting, answered, closed, reopened } = story(typed);
  const notice = { text: typed.notice, tone: 'warning' } as const;
  const link = 'https://teams.microsoft.com/l/message/19%3Afinance/1';
  const print = {
    public: 'https://desk.example.it/print/1?scope=public',
    everything: 'https://desk.example.it/print/1?scope=everything',
  };
  const errors = Object.fromEntries(
    ['text', 'then', 'to', 'note', 'service', 'agreement', 'impact'].map((field) => [field, typed.error]),
  );
  const inForm = { values: { text: typed.reply, note: typed.assignNote, to: PERSON.bruno }, errors };
  const draft = draftOf(typed);
  const values = draftValues(typed);
  const common = { draft, values, queue: 'finance', chargeable: false, missing: [], errors: {} } as const;
  const { phone: _, ...withoutPhone } = values;
  return {
    'draft: ready': draftCard(common, context),
    'draft: phone missing, closed': draftCard(
      { ...common, values: withoutPhone, missing: ['phone'], closed: { reopensAt: MORNING + 86_400_000 } },
      context,
    ),
    'draft: bad subject, chargeable': draftCard(
      {
        ...common,
        draft: draftOf(typed, { organisations: ['comune', 'unione'] }),
        missing: ['organisation', 'service', 'field.order'],
        errors: { subject: typed.error, phone: typed.error, acceptCharge: typed.error },
        chargeable: true,
      },
      context,
    ),
    'draft: editing': draftCard(
      {
        ...common,
        draft: draftOf(typed, { organisations: ['comune', 'unione'], editing: true }),
        errors: { subject: typed.error },
        chargeable: true,
        notice,
      },
      context,
    ),
    'request: new': requestCard({ ...fresh, print: { public: print.public } }, context),
    'request: waiting': requestCard(waiting, context),
    'request: in progress, not accepted': requestCard({ ...answered, notice }, context),
    'request: closed': requestCard(closed, context),
    'request: reopened': requestCard(reopened, context),
    'queue: new': queueCard({ ticket: fresh.ticket }, context),
    'queue: new, where nobody can be named': queueCard({ ticket: fresh.ticket, nobodyNamed: true }, context),
    'queue: taken': queueCard({ ticket: taken.ticket }, context),
    'queue: closed': queueCard({ ticket: closed.ticket }, context),
    'queue: new, for an agent': queueCard({ ticket: fresh.ticket, viewer: viewer('anna'), print }, context),
    'queue: noted, for its owner': queueCard(
      { ticket: noted.ticket, viewer: viewer('anna'), notice },
      context,
    ),
    'queue: waiting, for another agent': queueCard(
      { ticket: waiting.ticket, viewer: viewer('bruno'), notice, print },
      context,
    ),
    'queue: answered, for the supervisor': queueCard(
      { ticket: answered.ticket, viewer: viewer('dario') },
      context,
    ),
    'queue: closed, for an agent': queueCard({ ticket: closed.ticket, viewer: viewer('anna') }, context),
    ...Object.fromEntries(
      PLACE_FORMS.flatMap((form) => [
        [`queue: ${form} form`, queueCard({ ticket: taken.ticket, viewer: viewer('anna'), form }, context)],
        [
          `queue: ${form} form, not accepted`,
          queueCard({ ticket: taken.ticket, viewer: viewer('anna'), form, state: inForm, notice }, context),
        ],
      ]),
    ),
    ...Object.fromEntries(
      DIALOG_FORMS.flatMap((form) => {
        const input = { form, ticket: noted.ticket, seen: noted.ticket.version };
        return [
          [`form dialog: ${form}`, formDialog({ ...input, state: {} }, context)],
          [`form dialog: ${form}, not accepted`, formDialog({ ...input, state: inForm, notice }, context)],
        ];
      }),
    ),
    'form dialog: out of sight': formDialog(
      { form: 'assign', ticket: noted.ticket, seen: 1, state: inForm, notice, lost: true },
      context,
    ),
    ...requesterNotices({ answered, waiting, closed, taken, reopened, fresh }, typed, context),
    ...Object.fromEntries(
      (['writeToOffice', 'withdraw', 'comment'] as const).flatMap((kind) => [
        [`requester dialog: ${kind}`, requesterDialog(kind, waiting.ticket, context)],
        [
          `requester dialog: ${kind}, not accepted`,
          requesterDialog(kind, answered.ticket, context, {
            values: { text: typed.message, suggestion: typed.field },
            errors: { text: typed.error, suggestion: typed.error },
          }),
        ],
      ]),
    ),
    'requester notice: not accepted': requesterNotice(
      { kind: 'answered', ticket: answered.ticket, text: typed.reply, notice },
      context,
    ),
    ...Object.fromEntries(
      THREAD_NOTICES.map((kind) => [
        `thread notice: ${kind}`,
        threadNotice(
          { kind, ticket: reopened.ticket, text: typed.message, attachments: [file(typed.fileName)] },
          context,
        ),
      ]),
    ),
    'thread notice: several messages': threadNotice(
      {
        ...{ kind: 'requesterWrote', ticket: reopened.ticket, text: typed.message, count: 600 },
        attachments: Array(7).fill(file(typed.fileName)),
      },
      context,
    ),
    'personal notice: several messages': personalNotice(
      { kind: 'requesterWrote', ticket: answered.ticket, text: typed.message, count: 600 },
      context,
    ),
    'thread notice: files only': threadNotice(
      { kind: 'requesterWrote', ticket: reopened.ticket, attachments: Array(7).fill(file(typed.fileName)) },
      context,
    ),
    ...Object.fromEntries(
      PERSONAL_NOTICES.map((kind) => [
        `personal notice: ${kind}`,
        personalNotice(
          {
            kind,
            ticket: answered.ticket,
            by: { id: PERSON.anna, name: typed.agentName },
            text: ['unrouted', 'agentClaimed', 'agentMerged', 'absorbed', 'mergeUndone'].includes(kind)
              ? ''
              : kind === 'assigned'
                ? typed.assignNote
                : typed.message,
            link,
            other: ticketNumber(2),
          },
          context,
        ),
      ]),
    ),
    'escalation: warning, for the owner': escalationCard(
      { ticket: taken.ticket, deadline: 'firstResponse', share: 0.75, viewer: viewer('anna'), link },
      context,
    ),
    'escalation: breach, for the supervisor': escalationCard(
      { ticket: noted.ticket, deadline: 'firstResponse', share: 1, viewer: viewer('dario'), link },
      { ...context, now: MORNING + 7 * 86_400_000 },
    ),
    'escalation: answered': escalationCard(
      { ticket: noted.ticket, deadline: 'solution', share: 1, viewer: viewer('dario'), link, notice },
      context,
    ),
    ...linkedCards(
      { taken: taken.ticket, answered, subject: typed.subject, text: typed.text, print },
      context,
    ),
    ...alertCards(typed, context),
    ...laterCards(
      { ticket: fresh.ticket, by: { id: PERSON.anna, name: typed.agentName }, link, notice, state: inForm },
      context,
    ),
    pointer: orphanPointer({ number: fresh.ticket.number, link }, context),
    history: historyDialog(reopened.ticket, reopened.history, context),
    attachments: attachmentsDialog(
      reopened.ticket,
      [file(typed.fileName), file(typed.fileName, 2_411_724)].map((one) => ({
        file: one,
        url: `https://desk.example.it/attachments/${one.id}`,
      })),
      context,
    ),
    'which ticket': whichTicketCard(
      { draft, candidates: [closed.ticket, { ...fresh.ticket, number: ticketNumber(2) }] },
      context,
    ),
    ...extensionShapes({ context, ticket: answered.ticket, draft: common, typed }),
    ...callCards({ ticket: fresh.ticket, draft, typed }, context),
    ...mailCards({ ...taken, typed, file: file(typed.fileName) }, context),
    text: textCard({ title: typed.requesterName, paragraphs: [typed.notice, typed.text], tone: 'good' }),
    welcome: welcomeCard(locale, typed.requesterName),
  };
}
