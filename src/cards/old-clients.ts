/**
 * Buttons for clients that only know cards 1.2: those never ask for a version of their own, so they get in the posted
 * card what suits anybody, and the server answers who may not. They stand in the `fallback` of an invisible `Table`,
 * an element of 1.5: who knows it shows nothing, who does not shows them.
 */

import { TEXT_LIMIT } from '../domain/limits.ts';
import { isClosed, type Ticket } from '../domain/ticket.ts';
import { translate } from '../i18n/translate.ts';
import { aboutTicket, type SubmitButton, submitButton } from './buttons.ts';
import type { CardContext, Maybe } from './context.ts';
import { type Choice, inputIdFor } from './fields.ts';
import { thenChoices } from './forms/working.ts';

export type OldClients = {
  readonly claim: Maybe<SubmitButton>;
  readonly forms: readonly OldForm[];
};

type OldForm = {
  readonly title: string;
  readonly id: string;
  readonly placeholder: string;
  readonly maxLength: number;
  readonly choice: Maybe<{
    readonly id: string;
    readonly value: string;
    readonly choices: readonly Choice[];
  }>;
  readonly send: SubmitButton;
};

export function oldClients(ticket: Ticket, context: CardContext): Maybe<OldClients> {
  if (isClosed(ticket.state)) return [];
  const { locale } = context;
  const about = aboutTicket(ticket);
  const form = (
    name: 'reply' | 'note' | 'close',
    send: 'sendReply' | 'saveNote' | 'closeTicket',
    choice: OldForm['choice'] = [],
  ): OldForm => ({
    title: translate(locale, `action.${name}`),
    id: inputIdFor(name, 'text'),
    placeholder: translate(locale, `placeholder.${name}`),
    maxLength: TEXT_LIMIT,
    choice,
    send: submitButton(translate(locale, `action.${send}`), name, about),
  });
  return [
    {
      claim: ticket.locked ? [] : [submitButton(translate(locale, 'action.claim'), 'claim', about)],
      forms: [
        form('reply', 'sendReply', [
          { id: inputIdFor('reply', 'then'), value: 'stay', choices: thenChoices(context) },
        ]),
        form('note', 'saveNote'),
        form('close', 'closeTicket'),
      ],
    },
  ];
}
