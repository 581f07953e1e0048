/** Lines of the script that come again and again. */

import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { TicketAction } from '../../../src/domain/transitions.ts';
import type { Outside } from '../../../src/local/outside.ts';
import type { Card, Pane } from '../../support/browser-pane.ts';
import * as deeds from '../daily/deeds.ts';

/** What somebody sees and may use while they do a line of the script. */
export type Scene = {
  readonly pane: Pane;
  /** The card of the ticket in the channel that is open. */
  readonly card: Card;
  /** The number of another ticket of the day. */
  numberOf(ticket: string): string;
  readonly number: string;
  /** Name of the chat with Sportello. */
  readonly desk: string;
  /** Name of the channel that was open. */
  readonly channel: string;
  /** Those who can be reached by e-mail only. */
  readonly outside: Outside;
  /** Has Sportello look into its mailbox. */
  readMail(): Promise<void>;
};

export type Line = {
  readonly who: string;
  /** What it asks of the transition table, this ticket's row first, then the others'. */
  readonly asks: readonly TicketAction[];
  does(scene: Scene): Promise<void>;
  /** What must be on the history afterwards, told as `history.ts` tells it. */
  readonly leaves: readonly string[];
  /** …and on the history of other tickets. */
  readonly leavesOn?: Readonly<Record<string, readonly string[]>>;
};

/** A round in which nothing happens to the ticket. */
export function idle(who: string): Line {
  return { who, asks: [], does: async () => {}, leaves: [] };
}

export function taken(who: string): Line {
  return {
    who,
    asks: ['claim'],
    async does({ card }) {
      await deeds.take(card);
      await card.shows('È in carico a te.');
    },
    leaves: [`${who} takes it`],
  };
}

export function noted(who: string, text: string): Line {
  return {
    who,
    asks: ['note'],
    async does({ card }) {
      await deeds.note(card, text);
      await card.shows('Nota salvata.');
    },
    leaves: [`${who} notes: ${text}`],
  };
}

export function replied(who: string, text: string): Line {
  return {
    who,
    asks: ['reply'],
    async does({ card }) {
      await deeds.reply(card, text);
      await card.shows('Risposta inviata');
    },
    leaves: [`${who} replies: ${text}`],
  };
}

export function answeredAndClosed(who: string, text: string): Line {
  return {
    who,
    asks: ['replyAndClose'],
    async does({ card }) {
      await deeds.replyAndClose(card, text);
      await card.shows('Chiusa, risolta');
    },
    leaves: [`${who} closes: ${text}`],
  };
}

export function reclassified(who: string, name: string, priority: number): Line {
  return {
    who,
    asks: ['classify'],
    async does({ card }) {
      await deeds.setPriority(card, name);
      await card.shows('Modifiche salvate.');
    },
    leaves: [`${who} sets the priority ${priority}`],
  };
}

const SUPPLIER = 'assistenza@fornitore.example';

export function forwarded(who: string, text: string): Line {
  return {
    who,
    asks: ['forward'],
    async does({ card }) {
      await deeds.forward(card, SUPPLIER, text);
      await card.shows('Inoltrata');
    },
    leaves: [`${who} forwards 1 to ${SUPPLIER}: ${text}`],
  };
}

/** The supplier answers what was forwarded, while somebody of the office looks at the card. */
export function answeredByMail(who: string, text: string): Line {
  return {
    who,
    asks: ['receiveMail'],
    async does({ card, number, outside, readMail }) {
      const sent = outside.mails().find(({ subject }) => subject.includes(number));
      assert.ok(sent, `nothing was sent of ${number}`);
      await outside.answer({ mail: sent.id, text });
      await readMail();
      await card.shows(text);
    },
    leaves: [`${SUPPLIER} mails: ${text}`],
  };
}

/** The requester answers on the card of their request. */
export function answered(who: string, text: string): Line {
  return {
    who,
    asks: ['requesterMessage'],
    async does({ card }) {
      await card.press(/^(Scrivi all’ufficio|Rispondi)$/);
      await card.dialog.root.getByRole('textbox').fill(text);
      await card.dialog.press('Invia');
      await card.shows('Messaggio inviato');
    },
    leaves: [`${who} writes: ${text}`],
  };
}

/** The requester edits what they wrote in the chat. */
export function corrected(who: string, before: string, text: string): Line {
  return {
    who,
    asks: ['correct'],
    async does({ pane, number }) {
      const message = await chooseOf(pane, before, 'edit-message');
      const field = message.getByTestId(/^edit-field-/);
      await field.fill(text);
      await field.press('Enter');
      await pane.sees(`Correzione aggiunta alla richiesta ${number}`);
    },
    leaves: [`${who} corrects: ${text}`],
  };
}

/** The requester deletes what they wrote in the chat, which stays on the ticket. */
export function deleted(who: string, text: string): Line {
  return {
    who,
    asks: ['deleteMessage'],
    async does({ pane, number }) {
      await chooseOf(pane, text, 'delete-message');
      await pane.sees(`Il messaggio che hai cancellato resta nella richiesta ${number}`);
    },
    leaves: [`${who} deletes 1`],
  };
}

/** Chooses from the menu of one’s own message; its author’s other words and the cards of the bot have none of these. */
async function chooseOf(pane: Pane, text: string, item: string): Promise<Locator> {
  const id = await pane.messages
    .filter({ has: pane.page.getByTestId(/^menu-/) })
    .filter({ hasText: text })
    .filter({ hasNot: pane.page.locator('.card') })
    .first()
    .getAttribute('data-testid');
  const message = pane.root.getByTestId(id ?? '');
  await message.hover();
  await message.getByTestId(/^menu-/).click();
  await pane.page.getByTestId(item).click();
  return message;
}
