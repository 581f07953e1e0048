/** One command for each row of the transition table, such that only state, lock and rights can speak against it. */

import type { Command } from '../../src/domain/commands.ts';
import type { Actor } from '../../src/domain/rights.ts';
import type { TicketAction } from '../../src/domain/transitions.ts';
import { actor } from './decision.ts';
import { PERSON } from './desk.ts';
import { aTicket, MORNING, ticketNumber } from './tickets.ts';

const AT = MORNING + 60_000;
/** Another ticket of the same queue. */
const OTHER = aTicket(8);

/** @param by who acts where it is not the requester or time itself */
export function exampleOf(action: TicketAction, by: Actor): Command {
  const agent = { at: AT, via: 'queueChannel', actor: by } as const;
  const requester = { at: AT, via: 'chat', actor: actor('maria') } as const;
  const timer = { at: AT, via: 'timer', actor: { kind: 'timer' } } as const;
  const outside = { at: AT, via: 'mail', actor: { kind: 'outside' } } as const;
  const examples: Record<TicketAction, Command> = {
    claim: { ...agent, type: 'claim' },
    note: { ...agent, type: 'note', text: 'Sentita la tesoreria.', attachments: [] },
    reply: { ...agent, type: 'reply', text: 'Ci stiamo lavorando.', next: 'stay' },
    replyAndWait: { ...agent, type: 'reply', text: 'Qual è il numero?', next: 'waitRequester' },
    replyAndClose: { ...agent, type: 'reply', text: 'Risolto.', next: 'close' },
    replyAndRemind: { ...agent, type: 'reply', text: 'Richiamo.', next: 'waitReminder', until: AT + 1 },
    replyAndAutoClose: { ...agent, type: 'reply', text: 'Fatto?', next: 'waitAutoClose', until: AT + 1 },
    replyAndGiveUp: { ...agent, type: 'reply', text: 'Non si può.', next: 'closeUnsuccessfully' },
    closeUnsuccessfully: { ...agent, type: 'close', text: 'Non si può.', unsuccessfully: true },
    review: { ...agent, actor: actor('dario'), type: 'review', text: 'Manca il contratto.' },
    wait: { ...agent, type: 'wait', until: AT + 1, note: '' },
    resume: { ...agent, type: 'resume' },
    phone: { ...agent, type: 'phone', direction: 'made', text: 'Sentita.' },
    contactFailed: { ...agent, type: 'contactFailed', text: '' },
    lastContactFailed: { ...agent, type: 'contactFailed', text: '' },
    forward: {
      ...agent,
      type: 'forward',
      article: 1,
      to: ['assistenza@fornitore.example'],
      key: 'k',
      text: 'Ci aiutate?',
    },
    receiveMail: {
      ...outside,
      type: 'receiveMail',
      by: { id: 'mail:assistenza@fornitore.example', name: 'assistenza@fornitore.example' },
      text: 'Corretto.',
      attachments: [],
      mail: '<1@fornitore.example>',
    },
    // Of what the tests take for an article that was forwarded.
    mailFailed: { ...outside, type: 'mailFailed', article: 1, addresses: [], reason: '550 no such user' },
    close: { ...agent, type: 'close', text: 'Risolto.' },
    classify: { ...agent, type: 'classify', priority: 5, ticketType: 'other', service: 'invoices' },
    assign: { ...agent, type: 'assign', to: PERSON.bruno, note: 'Lo conosci tu.' },
    release: { ...agent, type: 'release' },
    appoint: { ...agent, type: 'appoint', to: PERSON.dario },
    changeRequester: { ...agent, type: 'changeRequester', to: { id: PERSON.luca, name: 'Luca Ferri' } },
    move: { ...agent, type: 'move', queue: 'taxes', note: '' },
    link: { ...agent, type: 'link', to: OTHER.number, other: OTHER },
    merge: { ...agent, type: 'merge', to: OTHER.number, other: OTHER },
    linkBack: { ...timer, type: 'linkBack', from: OTHER.number, kind: 'related' },
    absorb: { ...timer, type: 'absorb', from: OTHER.number, requesters: [], watchers: [] },
    // Into which the merged ticket of the tests was merged.
    undoMerge: { ...timer, type: 'undoMerge', from: ticketNumber(9) },
    watch: { ...agent, type: 'watch' },
    // Who follows it in the tests.
    unwatch: { ...agent, actor: actor('bruno'), type: 'unwatch' },
    mark: { ...agent, type: 'mark', article: 1, important: true },
    requesterMessage: {
      ...requester,
      type: 'requesterMessage',
      text: 'Ancora niente.',
      attachments: [],
      thanks: false,
    },
    requesterThanks: {
      ...requester,
      type: 'requesterMessage',
      text: 'Grazie!',
      attachments: [],
      thanks: true,
    },
    correct: { ...requester, type: 'correct', message: '1793869000001', text: 'È il 4711.', attachments: [] },
    // Of what the tests take for an article that was made of it.
    deleteMessage: { ...requester, type: 'deleteMessage', message: '1793869000001', restored: false },
    withdraw: { ...requester, type: 'withdraw', text: '' },
    rate: { ...requester, type: 'rate', stars: 4, text: '' },
    escalate: { ...timer, type: 'escalate' },
    remind: { ...timer, type: 'remind' },
    rehome: { ...timer, type: 'rehome' },
    relieve: { ...timer, type: 'relieve' },
    remindUnclaimed: { ...timer, type: 'remindUnclaimed' },
    autoClose: { ...timer, type: 'autoClose' },
  };
  return examples[action];
}
