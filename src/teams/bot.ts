/** Routes activities with teams-ai's `Application`, and answers invokes in the words that Teams expects. */

import { Application } from '@microsoft/teams-ai/lib/Application.js';
import { TurnState } from '@microsoft/teams-ai/lib/TurnState.js';
import type { TurnContext } from 'botbuilder';
import type { Answer, Inbound, Sender } from '../app/ports/inbound.ts';
import type { Correlation, Log, Meter, TurnOutcome } from '../app/ports/signals.ts';
import { translate } from '../i18n/translate.ts';
import type { OpenFile } from './attached-files.ts';
import { cut, tenantOf, withoutContent } from './cut.ts';
import { invokeBody } from './invoke-answers.ts';
import { isRecord } from './json.ts';
import { type Parsed, parseActivity } from './parse.ts';

export type BotParts = {
  /** The use cases: never throws for what a person did wrong. */
  readonly respond: (inbound: Inbound) => Promise<Answer>;
  /** Says something in a conversation outside the outbox: what is lost with the process and may be. */
  readonly say: (inbound: Inbound, answer: Answer) => Promise<void>;
  readonly open: OpenFile;
  readonly allowsTenant: (tenant: string) => boolean;
  /** Whether the person comes from another tenant, wherever they speak. */
  readonly isForeign: (sender: Sender) => Promise<boolean>;
  readonly correlation: Pick<Correlation, 'id'>;
  readonly meter: Pick<Meter, 'turn'>;
  readonly log: Log;
  /** Runs something after so many milliseconds; returns how to call it off. */
  readonly later: (run: () => void, ms: number) => () => void;
};

/** In milliseconds. Teams gives up on an invoke after five seconds, and says that the app cannot be reached although it works on. */
export const ANSWER_WITHIN_MS = 4_000;

/** Nothing of a turn is kept by teams-ai: without a storage its own `save` only looks for what has changed. */
class NothingToSave extends TurnState {
  override async save(): Promise<void> {}
}

export type Turn = (context: TurnContext) => Promise<void>;

/** The activity is not one: the request answers 400 and nothing else happens. */
export class MalformedActivity extends Error {}

type Understood = Exclude<Parsed, { kind: 'malformed' }>;
const PARSED = Symbol('parsed activity');
type Invoke = { readonly status: number; readonly body?: unknown };

/** @returns the logic of one turn, to be run by the adapter */
export function createBot(parts: BotParts): Turn {
  const app = new Application({
    startTypingTimer: false,
    // Done in `parse`, after the activity has been checked.
    removeRecipientMention: false,
    turnStateFactory: () => new NothingToSave(),
  });
  // `run` starts the timer whatever the option says, and there is one for the turns of all people.
  app.startTypingTimer = () => {};
  const parsedOf = ({ turnState }: TurnContext) => turnState.get(PARSED) as Understood;
  const isInvoke = async ({ activity }: TurnContext) => activity.type === 'invoke';

  app.addRoute(
    isInvoke,
    async (context) => answerInvoke(context, await turn(parts, parsedOf(context))),
    true,
  );
  app.addRoute(
    async () => true,
    async (context) => {
      await turn(parts, parsedOf(context));
    },
  );
  return async (context) => {
    const parsed = parseActivity(admitted(parts, context.activity), parts.open);
    if (parsed.kind === 'malformed') throw new MalformedActivity(parsed.reason);
    context.turnState.set(PARSED, parsed);
    await app.run(context);
  };
}

/** The tenant is asked before anything that was sent is looked into, and what is looked into is not endless. */
function admitted({ allowsTenant }: BotParts, activity: unknown): unknown {
  if (!isRecord(activity)) return activity;
  return cut(allowsTenant(tenantOf(activity)) ? activity : withoutContent(activity));
}

async function turn(parts: BotParts, parsed: Understood): Promise<Invoke> {
  if (parsed.kind === 'ignored') return { status: 200 };
  if (parsed.kind === 'unknownInvoke') {
    parts.log.warn({ name: parsed.name }, 'a client asked for something that this bot does not offer');
    return { status: 501 };
  }
  const { inbound, tenant, invoke } = parsed;
  const working = answerTo(parts, inbound, tenant);
  if (!invoke) {
    const said = spoken(inbound, await working);
    if (said.kind !== 'none') await parts.say(inbound, said);
    return { status: 200 };
  }
  const answer = await inTime(parts, inbound, working);
  if (answer.kind === 'message') {
    await parts.say(inbound, answer);
    return { status: 200, body: invokeBody(inbound, { kind: 'none' }) };
  }
  return { status: 200, body: invokeBody(inbound, answer) };
}

/** What the desk answers, and what it says where it could not. Never throws. */
async function answerTo(parts: BotParts, inbound: Inbound, tenant: string): Promise<Answer> {
  const { locale } = inbound.sender;
  let answer: Answer;
  let outcome: TurnOutcome = 'answered';
  const begun = performance.now();
  if (!parts.allowsTenant(tenant) || (inbound.kind !== 'team' && (await parts.isForeign(inbound.sender)))) {
    parts.log.warn({ tenant }, 'an activity came from a tenant that is not allowed');
    outcome = 'foreignTenant';
    answer = { kind: 'text', text: translate(locale, 'chat.foreignTenant') };
  } else if (inbound.sender.person === '' && inbound.kind !== 'team') {
    // Who is in no directory has no rights and no requests; what they send must not become somebody's.
    parts.log.warn({ kind: inbound.kind }, 'an activity does not say who sent it');
    outcome = 'answered';
    answer = { kind: 'text', text: translate(locale, 'chat.nobody') };
  } else {
    try {
      answer = await parts.respond(inbound);
    } catch (error) {
      // The same id stands in every line that the turn has logged: whoever is told of it finds them.
      const id = parts.correlation.id();
      parts.log.error({ err: error, kind: inbound.kind }, 'a turn broke');
      outcome = 'fault';
      answer = { kind: 'text', text: translate(locale, 'chat.fault', { id }), again: true };
    }
  }
  const ms = performance.now() - begun;
  parts.meter.turn(inbound.kind, outcome, ms);
  parts.log.debug({ kind: inbound.kind, answer: answer.kind, outcome, ms }, 'a turn was answered');
  return answer;
}

/**
 * The answer, or a word to wait where it takes too long. The work goes on: what it does reaches the cards through the
 * outbox, and who asks again the same way has it done once.
 */
async function inTime(parts: BotParts, inbound: Inbound, working: Promise<Answer>): Promise<Answer> {
  let callOff = () => {};
  const enough = new Promise<'late'>((resolve) => {
    callOff = parts.later(() => resolve('late'), ANSWER_WITHIN_MS);
  });
  const answer = await Promise.race([working, enough]);
  callOff();
  if (answer !== 'late') return answer;
  parts.log.warn({ kind: inbound.kind }, 'a turn takes long: its person is told to wait');
  return { kind: 'text', text: translate(inbound.sender.locale, 'chat.late'), again: true };
}

/** An old client's button comes as a message: the live card is edited anyway, so only words are left to say. */
function spoken(inbound: Inbound, answer: Answer): Answer {
  if (answer.kind === 'message') return { kind: 'card', content: answer.content };
  if (inbound.kind !== 'action' || answer.kind !== 'card' || answer.instead) return answer;
  return answer.words === undefined ? { kind: 'none' } : { kind: 'text', text: answer.words };
}

async function answerInvoke(context: TurnContext, value: Invoke): Promise<void> {
  await context.sendActivity({ type: 'invokeResponse', value });
}
