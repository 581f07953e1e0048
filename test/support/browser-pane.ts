/** What a person does in one pane of local Teams, and what they see there. Waits for what it needs; never sleeps. */

import type { Locator, Page } from 'playwright-core';

export type Words = string | RegExp;

/** One pane: its person, the open conversation, and where they write. */
export type Pane = {
  readonly page: Page;
  readonly root: Locator;
  readonly conversation: Locator;
  /** Where a message is written. */
  readonly composer: Locator;
  /** The messages of the open conversation. */
  readonly messages: Locator;
  /** The cards of the open conversation, oldest first. */
  readonly cards: Locator;
  /** The card on which this stands. */
  card(words: Words): Card;
  /** The card that has this button. */
  cardWith(button: Words): Card;
  /** The bot's dialog. */
  readonly dialog: Card;
  /** Shows the Teams of the person with this name. */
  become(name: string): Promise<void>;
  /** Shows the e-mails that were sent outside, the newest first. */
  goOutside(): Promise<Locator>;
  /** Opens the conversation with this name. */
  open(name: string): Promise<void>;
  /** Writes and sends a message in the open conversation. */
  say(text: string): Promise<void>;
  /** Adds a file to the message that is being written, and waits until it is uploaded. */
  attach(file: { readonly name: string; readonly mimeType: string; readonly buffer: Buffer }): Promise<void>;
  /** Waits until this stands in the open conversation. */
  sees(words: Words): Promise<void>;
  /** All that can be read in the pane now. */
  text(): Promise<string>;
};

/** A card, or a dialog with one. */
export type Card = {
  readonly root: Locator;
  button(title: Words): Locator;
  press(title: Words): Promise<void>;
  /** Presses a button for which there was no room, in the menu of further ones. */
  pressFurther(title: Words): Promise<void>;
  /** The dialog that one of its buttons has opened. */
  readonly dialog: Card;
  /** An input by its label, as a screen reader names it. */
  field(label: Words): Locator;
  fill(label: Words, text: string): Promise<void>;
  choose(label: Words, choice: string): Promise<void>;
  /** Waits until this stands on the card. */
  shows(...words: readonly Words[]): Promise<void>;
  /** Waits until this does not stand on the card. */
  lacks(...words: readonly Words[]): Promise<void>;
  text(): Promise<string>;
};

/** @param place 1 is the first pane */
export function paneOf(page: Page, place: number): Pane {
  const root = page.getByTestId(`pane-${place}`);
  const conversation = root.locator('.conversation');
  const composer = root.getByTestId('composer');
  const cards = conversation.locator('.card');
  return {
    page,
    root,
    conversation,
    composer,
    messages: conversation.locator('.message'),
    cards,
    card: (words) => cardOf(cards.filter({ hasText: words })),
    cardWith: (button) =>
      cardOf(cards.filter({ has: page.getByRole('button', { name: button, exact: true }) })),
    dialog: cardOf(page.getByTestId('dialog')),
    async become(name) {
      const option = root.getByTestId('person-switcher').locator('option', { hasText: name });
      await root.getByTestId('person-switcher').selectOption((await option.getAttribute('value')) ?? name);
      await composer.waitFor();
    },
    async goOutside() {
      await root.getByTestId('person-switcher').selectOption('outside');
      await root.getByTestId('mails').waitFor({ state: 'attached' });
      return root.locator('.mail');
    },
    async open(name) {
      await root.locator('.chat-entry', { hasText: name }).click();
      await conversation.getByRole('heading', { name, exact: true }).waitFor();
    },
    async say(text) {
      await composer.fill(text);
      await root.getByTestId('send').click();
    },
    async attach(file) {
      await root.getByTestId('files').setInputFiles(file);
      await root.locator('[data-testid="attachment"][data-ready]', { hasText: file.name }).waitFor();
    },
    sees: (words) => conversation.getByText(words).first().waitFor(),
    text: async () => (await root.textContent()) ?? '',
  };
}

function cardOf(root: Locator): Card {
  const button = (name: Words) =>
    root
      .getByRole('button', { name, exact: true })
      // What a button opens elsewhere is a link to those who cannot see it.
      .or(root.getByRole('link', { name, exact: true }));
  // A button whose name begins with the label is none.
  const field = (label: Words) => root.getByLabel(label).and(root.locator('input, textarea, select'));
  return {
    root,
    button,
    press: (title) => button(title).click(),
    async pressFurther(title) {
      await button(/^(Altre azioni|More actions)$/).click();
      await root.page().getByRole('menuitem', { name: title, exact: true }).click();
    },
    get dialog() {
      return cardOf(root.page().getByTestId('dialog'));
    },
    field,
    fill: (label, text) => field(label).fill(text),
    choose: async (label, choice) => {
      await field(label).selectOption({ label: choice });
    },
    shows: async (...words) => {
      for (const word of words) await root.filter({ hasText: word }).waitFor();
    },
    lacks: async (...words) => {
      for (const word of words) await root.filter({ hasNotText: word }).waitFor();
    },
    text: async () => (await root.textContent()) ?? '',
  };
}
