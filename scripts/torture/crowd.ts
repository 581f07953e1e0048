/** Staff who ask and agents who work, all at once, against a bot that dies under their hands. */

import { setTimeout as pause } from 'node:timers/promises';
import type { Desk, Service } from '../../src/domain/desk.ts';
import type { LocalTeams } from '../../src/local/local-teams.ts';
import type { ActionResult, LocalUser, MessageView } from '../../src/local/protocol.ts';
import type { Ledger } from './ledger.ts';
import type { Random } from './random.ts';
import type { Wall } from './wall.ts';

const LOOK_EVERY_MS = 15;
/** How the bot says that something broke, for example because its store does not answer: nothing is promised then. */
const APOLOGY = 'Qualcosa è andato storto';

export type Crowd = {
  /** Has people ask and work until the signal, and waits until everybody has let go. */
  work(askers: number, agents: number, signal: AbortSignal): Promise<void>;
  /** Has everybody end what they began. Resolves to how many could not. */
  finish(signal: AbortSignal): Promise<number>;
};

/** A member of staff with one request, as far as it has come. */
type Asker = {
  readonly person: string;
  readonly chat: string;
  readonly service: Service;
  /** The bot has acknowledged what was asked. */
  asked: boolean;
  /** The draft of the form, once it has been pressed. */
  draft?: string;
  number?: string;
};

/** People of the staff whom the desk's files do not know, as most requesters. */
export function staff(desk: Desk, count: number): LocalUser[] {
  const domain = [...desk.organisations.values()].flatMap(({ domains }) => domains)[0] ?? '';
  return Array.from({ length: count }, (_, index) => {
    const email = `prova.${index}@${domain}`;
    return {
      aadObjectId: `77777777-0000-4000-8000-${String(index).padStart(12, '0')}`,
      name: `Prova ${index}`,
      givenName: 'Prova',
      surname: String(index),
      email,
      userPrincipalName: email,
      role: { it: 'personale', en: 'staff' },
    };
  });
}

export function createCrowd(parts: {
  readonly local: LocalTeams;
  readonly desk: Desk;
  readonly people: readonly LocalUser[];
  readonly wall: Wall;
  readonly ledger: Ledger;
  readonly random: Random;
  /** What agents have follow upon a question, as forms offer it: the next state, and until when. */
  readonly afterReply?: readonly string[];
}): Crowd {
  const { local, desk, wall, ledger, random } = parts;
  const services = [...desk.services.values()];
  const newcomers = [...parts.people];
  const unfinished = new Set<Asker>();
  let markers = 0;

  function newcomer(): Asker | undefined {
    const person = newcomers.pop()?.aadObjectId;
    const service = random.pick(services);
    if (!person || !service) return undefined;
    const asker = { person, chat: wall.watch(person), service, asked: false };
    unfinished.add(asker);
    return asker;
  }

  const formOf = ({ person, chat }: Asker): MessageView | undefined =>
    local.messagesOf(chat, person).find(({ cards }) => buttonOf(cards[0], 'sendRequest'));

  async function ask(asker: Asker, signal: AbortSignal): Promise<void> {
    if (!asker.asked && !formOf(asker)) {
      asker.asked = await say(asker, `${asker.service.name.it}: da stamattina compare un errore`);
    }
    while (!asker.number && !signal.aborted) {
      const form = formOf(asker);
      if (form) await send(asker, form);
      else look(asker);
      if (!asker.number) await pause(LOOK_EVERY_MS);
    }
    if (!asker.number) return;
    unfinished.delete(asker);
    if (random.next() < 0.4) await add(asker, asker.number);
  }

  /** The bot died before it could answer the press, and the form has become the request's card all the same. */
  function look(asker: Asker): void {
    const { person, chat, draft } = asker;
    const told = local
      .messagesOf(chat, person)
      .find(({ from, summary }) => from.bot && /\d{16,}/.test(summary ?? ''));
    const number = /\d{16,}/.exec(told?.summary ?? '')?.[0];
    if (!number || !draft) return;
    asker.number = number;
    ledger.confirm(draft, number);
  }

  /** Presses the button once, or twice as impatient people do: both must be told the same number. */
  async function send(asker: Asker, form: MessageView): Promise<void> {
    const { organisation, ...others } = answers(desk, asker.service);
    // Asked for only where it is not known: while Teams does not say who somebody is, nobody knows.
    const asked = JSON.stringify(form.cards[0]).includes('"id":"organisation"');
    const data: Data = {
      ...buttonOf(form.cards[0], 'sendRequest'),
      ...others,
      ...(asked && organisation ? { organisation } : {}),
    };
    asker.draft = String(data.draft);
    const presses = Array.from({ length: random.next() < 0.3 ? 2 : 1 }, () =>
      press(asker.person, form, 'sendRequest', data),
    );
    for (const result of await Promise.all(presses)) {
      const words = JSON.stringify(result);
      const [, number] = /con il numero (\d{16,})/.exec(words) ?? [];
      if (number) {
        asker.number = number;
        ledger.confirm(String(data.draft), number);
      } else if (result.kind === 'card' && !words.includes('una copia'))
        ledger.violated(`a complete form was not accepted: ${words.slice(0, 2_000)}`);
    }
  }

  /** A message to the office, which the bot acknowledges once it is on the ticket. */
  async function add(asker: Asker, number: string): Promise<void> {
    const marker = `#${++markers}#`;
    ledger.wrote(marker, number, false);
    ledger.wrote(marker, number, await say(asker, `${number} succede anche ${marker}`));
  }

  /** True when the bot has taken the message: it answered, and not that it could not do what was asked. */
  async function say({ person, chat }: Asker, text: string): Promise<boolean> {
    const apologies = () =>
      local.messagesOf(chat, person).filter((message) => message.text?.includes(APOLOGY)).length;
    const before = apologies();
    const answer = await local.say({ as: person, conversation: chat, text }).delivered;
    return answer?.kind === 'answered' && answer.status === 200 && apologies() === before;
  }

  /** Claims a ticket from its card and writes a note on it or a question, again and again where the bot does not answer. */
  async function attend(signal: AbortSignal): Promise<void> {
    const card = random.pick(wall.queueCards);
    const queue = [...desk.queues.values()].find(({ channel }) => channel === card?.conversation);
    const agent = random.pick(
      [...desk.people.values()].filter(({ agentOf }) => agentOf.includes(queue?.id ?? '')),
    );
    const number = /\d{16,}/.exec(card?.summary ?? '')?.[0];
    if (!card || !agent || !number) return pause(LOOK_EVERY_MS);
    let seen = await press(agent.id, card, 'refresh', { verb: 'refresh', number });
    const claim = seen.kind === 'card' ? buttonOf(seen.card, 'claim') : undefined;
    if (claim) seen = await press(agent.id, card, 'claim', claim);
    const form = seen.kind === 'card' ? buttonOf(seen.card, 'openForm') : undefined;
    if (form?.version === undefined) return;
    const marker = `#${++markers}#`;
    ledger.wrote(marker, number, false);
    // A question is two events or three in one commit, a note is one.
    const verb = random.next() < (parts.afterReply ? 0.7 : 0.3) ? 'reply' : 'note';
    const said = Object.fromEntries([
      ['text', `Nota ${marker}`],
      ['then', random.pick(parts.afterReply ?? []) ?? 'waitRequester'],
    ]);
    const data = { number, version: form.version, verb, ...said };
    do {
      const result = await press(agent.id, card, verb, data);
      if (result.kind === 'error') {
        await pause(LOOK_EVERY_MS);
        continue;
      }
      ledger.wrote(marker, number, /Nota salvata|Risposta inviata/.test(JSON.stringify(result)));
      return;
    } while (!signal.aborted);
  }

  const press = (
    as: string,
    on: MessageView,
    verb: string,
    data: Readonly<Record<string, unknown>>,
  ): Promise<ActionResult> =>
    local.press({
      ...{ as, conversation: on.conversation, message: on.id },
      action: { type: 'Action.Execute', verb, data },
    });

  return {
    async work(askers, agents, signal) {
      const asking = async () => {
        // Those whom the last kill interrupted come first, and then somebody new.
        const interrupted = random.pick([...unfinished]);
        for (let asker = interrupted ?? newcomer(); asker && !signal.aborted; asker = newcomer())
          await ask(asker, signal);
      };
      const attending = async () => {
        while (!signal.aborted) await attend(signal);
      };
      await Promise.all([
        ...Array.from({ length: askers }, asking),
        ...Array.from({ length: agents }, attending),
      ]);
    },
    async finish(signal) {
      await Promise.all([...unfinished].map((asker) => ask(asker, signal)));
      return unfinished.size;
    },
  };
}

/** A complete answer to whatever the form asks. */
function answers(desk: Desk, { id, name, fields }: Service): Record<string, string> {
  const organisation = [...desk.organisations.values()].find(({ domains }) => domains.length > 0);
  return {
    subject: `${name.it}: errore 504 al salvataggio`,
    service: id,
    type: 'fault',
    phone: '0999 555 123',
    ...(organisation ? { organisation: organisation.id } : {}),
    ...Object.fromEntries(fields.map((field) => [`field.${field.id}`, field.choices?.[0] ?? '4711'])),
  };
}

type Data = Readonly<Record<string, unknown>>;

/** The data of the first button with this verb. */
function buttonOf(card: unknown, verb: string): Data | undefined {
  if (typeof card !== 'object' || card === null) return undefined;
  const { type, data } = card as { type?: unknown; data?: Data };
  if (type === 'Action.Execute' && data?.verb === verb) return data;
  for (const inner of Object.values(card)) {
    const found = buttonOf(inner, verb);
    if (found) return found;
  }
  return undefined;
}
