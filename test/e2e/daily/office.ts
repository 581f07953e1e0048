/** The office in which the daily work is done: one requester, two agents of the same office and who answers for them. */

import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { Outside } from '../../../src/local/outside.ts';
import type { Card, Pane } from '../../support/browser-pane.ts';
import { countPresses, type Presses } from '../../support/presses.ts';
import { askAnew, startStage, type TestStage } from '../stage.ts';

export const CHANNEL = 'Servizi finanziari';

/** Somebody at a window of their own, whose clicks are counted. */
export type Worker = Pane & { readonly presses: Presses };

export type Office = {
  readonly stage: TestStage;
  /** Whom mail goes to, and where it comes from. */
  readonly outside: Outside;
  readonly maria: Worker;
  readonly anna: Worker;
  readonly bruno: Worker;
  readonly dario: Worker;
  /** Maria asks for something new, which comes to the office. */
  newTicket(): Promise<string>;
  /** …and Anna has taken it. */
  takenTicket(): Promise<string>;
  /** One that Anna has taken, for what leaves it as it is. */
  standingTicket(): Promise<string>;
};

/** One way to do a task. What is prepared before it is returned is not counted. */
export type Way = (office: Office) => Promise<{
  readonly worker: Worker;
  /** The task and nothing else: every click of it is counted. */
  does(): Promise<void>;
  /** Shows that it has been done, and what became of the complaint. */
  afterwards?(): Promise<void>;
}>;

/** What the requests are about, each something else. */
const THINGS = [
  'dei diritti di segreteria',
  'del gas',
  'della mensa',
  'del noleggio auto',
  'dei libri',
  'della palestra',
  'del teatro',
  'dei semafori',
  'della biblioteca',
  'del cimitero',
  'dei parcheggi',
  'della piscina',
  'del mercato',
  'delle insegne',
  'del depuratore',
  'degli asili',
];

export async function openOffice(t: TestContext): Promise<Office> {
  const stage = await startStage(t, { mailAddress: 'sportello@comune.example', hurry: 30 });
  const { outside } = stage.teams.local;
  assert.ok(outside);
  const worker = async (who: string, channel?: string): Promise<Worker> => {
    const pane = await stage.alone(who, channel);
    return { ...pane, presses: await countPresses(pane.page) };
  };
  const [maria, anna, bruno, dario] = [
    await worker('Maria Rinaldi'),
    await worker('Anna Conti', CHANNEL),
    await worker('Bruno Galli', CHANNEL),
    await worker('Dario Serra'),
  ];
  let asked = 0;
  const newTicket = async () => {
    const thing = THINGS[asked++];
    assert.ok(thing, 'there is something to ask for each ticket');
    const number = await askAnew(maria, `un’altra richiesta: non riesco a emettere i mandati ${thing}`);
    await cardOf(anna, number).root.scrollIntoViewIfNeeded();
    return number;
  };
  const takenTicket = async () => {
    const number = await newTicket();
    const card = cardOf(anna, number);
    await card.press('Prendi in carico');
    await card.shows('È in carico a te.');
    return number;
  };
  let standing: Promise<string> | undefined;
  const standingTicket = () => {
    standing ??= takenTicket();
    return standing;
  };
  return { stage, outside, maria, anna, bruno, dario, newTicket, takenTicket, standingTicket };
}

/** The ticket's own card in the channel, and not what hangs from it. */
export function cardOf(pane: Pane, number: string): Card {
  return pane.card(`${number} · aperta`);
}

/** Opens the chat with the bot, where people get their notices. */
export async function openChat(office: Office, pane: Pane): Promise<void> {
  await pane.open(office.stage.desk.name);
}
