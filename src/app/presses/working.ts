/** Taking, noting, answering and sorting, pressed on a card. */

import { NO_AGREEMENT } from '../../cards/queue/forms/working.ts';
import type { AfterReply } from '../../domain/commands.ts';
import { IMPACTS, PRIORITIES, TICKET_TYPES } from '../../domain/desk.ts';
import { courtesyFor, filled } from '../../domain/templates.ts';
import { ABOUT_TEXT, minutesIn, type Presses, press } from './press.ts';
import { untilOf } from './waiting.ts';

const AFTER_REPLY: readonly AfterReply[] = [
  'stay',
  'waitRequester',
  'waitReminder',
  'waitAutoClose',
  'close',
  'closeUnsuccessfully',
];

export const WORKING = {
  claim: press<'claim'>({ command: () => ({ type: 'claim' }), notice: () => 'claimedByYou' }),
  note: press<'note'>({
    command: ({ text = '', ...rest }) => ({ type: 'note', text, attachments: [], ...minutesIn(rest) }),
    notice: () => 'noteAdded',
    fields: ABOUT_TEXT,
  }),
  reply: press<'reply'>({
    command: ({ text = '', then = 'stay', ...rest }, setting) => {
      const [word, moment = ''] = then.split('-');
      const next = AFTER_REPLY.find((known) => known === word);
      const until = untilOf(moment, setting);
      return (
        next && { type: 'reply', text, next, ...(until === undefined ? {} : { until }), ...minutesIn(rest) }
      );
    },
    notice: ({ next }) => (next === 'close' || next === 'closeUnsuccessfully' ? 'ticketClosed' : 'replySent'),
    fields: ABOUT_TEXT,
  }),
  courtesy: press<'reply'>({
    command: (_, { ticket, actor, desk }) => {
      const template = courtesyFor(desk, ticket.queue);
      if (!template || actor.kind !== 'person') return undefined;
      return { type: 'reply', text: filled(template, ticket, actor.name, desk), next: 'stay' };
    },
    notice: () => 'replySent',
  }),
  classify: press<'classify'>({
    command: ({ priority, type, service = '', agreement = '', impact: typed }) => {
      const level = PRIORITIES.find((value) => String(value) === priority);
      const ticketType = TICKET_TYPES.find((value) => value === type);
      const impact = IMPACTS.find((value) => String(value) === typed);
      if (!level || !ticketType || (typed !== undefined && !impact)) return undefined;
      return {
        type: 'classify',
        priority: level,
        ticketType,
        service,
        ...(agreement === '' ? {} : { agreement: agreement === NO_AGREEMENT ? '' : agreement }),
        ...(impact === undefined ? {} : { impact }),
      };
    },
    notice: () => 'classified',
    fields: { unknownService: 'service', unknownAgreement: 'agreement' },
  }),
} satisfies Presses;
