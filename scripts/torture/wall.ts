/** All cards that the bot has put up anywhere in Teams, and which of them it does not know of. */

import type { Desk } from '../../src/domain/desk.ts';
import type { LocalTeams } from '../../src/local/local-teams.ts';
import type { MessageView } from '../../src/local/protocol.ts';
import type { Snapshot } from './ground.ts';
import type { Ledger } from './ledger.ts';

export type Wall = {
  /** Looks at everything that this person sees, from now on. Answers their personal chat. */
  watch(person: string): string;
  /** Whose personal chat this is, of those who are watched. */
  personIn(conversation: string): string | undefined;
  /** Called with each new card, while the connector is still handling the post. */
  onPost: ((message: MessageView) => void) | undefined;
  readonly cards: readonly MessageView[];
  /** Cards in the channels, without the replies in their threads. */
  readonly queueCards: readonly MessageView[];
  /**
   * After a kill: remembers the cards that the connector took and whose ids were not stored. Each must have been under
   * way in the store; there is no other way for a card to be unknown.
   *
   * @param kills how often the bot or its store died since the last look
   */
  noteCopies(store: Snapshot, ledger: Ledger, kills: number): void;
  /** Cards that the store does not know of and that are no copies. */
  unknown(store: Snapshot): MessageView[];
  noteCopy(card: MessageView): void;
  /** Those cards, by where they stand. */
  readonly copies: readonly MessageView[];
  /** At the end: every card is known, or a copy that has become a pointer; each ticket has one in its channel. */
  check(store: Snapshot, ledger: Ledger): void;
};

/** No more than this many deliveries are under way at once: the lanes of the outbox. */
const LANES = 8;

export function createWall(local: LocalTeams, desk: Desk): Wall {
  const cards = new Map<string, MessageView>();
  const copies = new Set<string>();
  const channels = new Map([...desk.queues.values()].map(({ id, channel }) => [id, channel]));
  const chats = new Map<string, string>();
  const isInChannel = ({ conversation }: MessageView) => conversation.startsWith('19:');

  const wall: Wall = {
    onPost: undefined,
    watch(person) {
      // Asked once: local Teams puts the person's whole session together for it.
      const chat = local.personalChat(person);
      chats.set(person, chat);
      local.listen(person, (event) => {
        if (event.type !== 'message' || !event.message.from.bot || event.message.cards.length === 0) return;
        const isNew = !cards.has(event.message.id);
        cards.set(event.message.id, event.message);
        if (isNew) wall.onPost?.(event.message);
      });
      return chat;
    },
    personIn: (conversation) => [...chats].find(([, chat]) => chat === conversation)?.[0],
    get cards() {
      return [...cards.values()];
    },
    get queueCards() {
      return wall.cards.filter((card) => isInChannel(card) && card.replyTo === undefined);
    },
    get copies() {
      return wall.cards.filter(({ id }) => copies.has(id));
    },
    noteCopies(store, ledger, kills) {
      const found = wall.unknown(store);
      for (const card of found) {
        copies.add(card.id);
        const words = JSON.stringify(card.cards);
        const underWay = store.pending.some(
          ({ owner, begun, to }) =>
            begun &&
            to.kind !== 'ticket' &&
            to.kind !== 'address' &&
            words.includes(owner) &&
            card.conversation === (to.kind === 'person' ? chats.get(to.person) : channels.get(to.queue)),
        );
        if (!underWay)
          ledger.violated(
            `card ${card.id}, ${card.summary} in ${card.conversation}, is unknown to the store and was not under way`,
          );
      }
      if (found.length > LANES * kills) ledger.violated(`${found.length} cards were lost by ${kills} kills`);
    },
    unknown: (store) => wall.cards.filter(({ id }) => !store.posts.has(id) && !copies.has(id)),
    noteCopy: ({ id }) => void copies.add(id),
    check(store, ledger) {
      for (const card of cards.values()) {
        const known = store.posts.has(card.id);
        const copy = copies.has(card.id);
        if (!known && !copy) ledger.violated(`card ${card.id} stands in Teams and nobody knows of it`);
        if (known && isPointer(card)) ledger.violated(`card ${card.id} lives and has become a pointer`);
        if (!known && !isPointer(card))
          ledger.violated(
            `copy ${card.id} has not become a pointer: ${card.summary} in ${card.conversation}`,
          );
      }
      for (const { number, queue } of store.tickets.values()) {
        const live = wall.queueCards.filter(
          (card) =>
            card.conversation === channels.get(queue) &&
            !isPointer(card) &&
            JSON.stringify(card.cards).includes(number),
        );
        if (live.length !== 1) ledger.violated(`${number} has ${live.length} cards in its channel`);
        const [card] = live;
        if (card && store.posts.get(card.id)?.key !== `card:${queue}`)
          ledger.violated(`the card of ${number} is not the one that the store knows`);
      }
    },
  };
  for (const { id } of desk.people.values()) wall.watch(id);
  return wall;
}

/** A pointer has nothing to press or to refresh, but a link. */
export function isPointer({ cards }: MessageView): boolean {
  const text = JSON.stringify(cards);
  return !text.includes('"Action.Execute"') && /"(Questa scheda è una copia|This card is a copy)"/.test(text);
}
