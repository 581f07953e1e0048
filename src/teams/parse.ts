/** Turns an authenticated Bot Framework activity into what the desk understands, or says why it cannot. */

import { hash } from 'node:crypto';
import type { Post } from '../app/ports/delivery.ts';
import type { Inbound, InboundInstalled, Sender } from '../app/ports/inbound.ts';
import { isTicketNumber } from '../domain/number.ts';
import { type Activity, readActivity } from './activity.ts';
import { filesOf, type OpenFile } from './attached-files.ts';
import { type CommandCall, isExtension, readExtension } from './extension.ts';
import { isRecord, optional } from './json.ts';
import { readSaid } from './said-text.ts';
import { channelOf, teamChange } from './team-change.ts';

export type Parsed =
  | { readonly kind: 'inbound'; readonly inbound: Inbound; readonly tenant: string; readonly invoke: boolean }
  /** Nothing that concerns the desk: reactions, typing, other people's membership. */
  | { readonly kind: 'ignored' }
  /** Something that a client asks and this bot has never offered. */
  | { readonly kind: 'unknownInvoke'; readonly name: string }
  | { readonly kind: 'malformed'; readonly reason: string };

/** Types of activities that say something to a help desk. */
const TOLD: ReadonlySet<string> = new Set([
  'message',
  'messageUpdate',
  'messageDelete',
  'invoke',
  'conversationUpdate',
  'installationUpdate',
]);

/** The verb of a button that names none: no button has it, so that it is answered like one that is there no longer. */
const NO_VERB = '';

/** @param body the request's body; already authenticated, and still not believed */
export function parseActivity(body: unknown, open: OpenFile): Parsed {
  const read = readActivity(body);
  if (!read.ok) return { kind: 'malformed', reason: read.reason };
  const { activity } = read;
  if (!TOLD.has(activity.type)) return { kind: 'ignored' };
  const personal = isBotsChat(activity.conversation);
  if (activity.type === 'conversationUpdate' || activity.type === 'installationUpdate') {
    const ofTeam = teamChange(activity);
    if (ofTeam)
      return inbound(activity, (sender, key) => ({
        ...ofTeam,
        kind: 'team',
        sender,
        // Repeated activities are one; what happens a second time is another.
        key: `${key}\n${activity.channelData?.eventType ?? ''}`,
      }));
    const change = installation(activity);
    if (!change || !personal || !activity.from.aadObjectId) return { kind: 'ignored' };
    return inbound(activity, (sender, key) => ({
      kind: 'installed',
      sender,
      key: `${key}\n${change}`,
      change,
    }));
  }
  if (!activity.id) return { kind: 'malformed', reason: 'id: Required' };
  if (activity.type === 'invoke') return parseInvoke(activity, open);
  // A client that only knows cards 1.2 sends the fallback's Action.Submit: a message with a value and no text.
  if (isRecord(activity.value) && !activity.text) return parseCardData(activity, activity.value, 'manual');
  const said = readSaid(activity);
  const { id } = activity;
  const content = { id, text: said.text.trim(), ...filesOf(activity.attachments, said, open) };
  if (activity.type === 'message')
    return inbound(activity, (sender, key) => ({
      kind: 'message',
      sender,
      key,
      ...content,
      ...optional('quotes', said.quotes),
    }));
  const what = whatWasDone(activity);
  // A preview that Teams adds to a message, or who is unknown: nothing that a request could follow.
  if (!activity.from.aadObjectId || (what === 'edited' && content.text === '' && content.files.length === 0))
    return { kind: 'ignored' };
  return inbound(activity, (sender, key) => ({
    kind: 'edit',
    sender,
    key: keyOfEdit(key, activity),
    what,
    ...content,
  }));
}

/** What is told of the app in a personal chat, if anything. An upgrade replaces the app by itself: it stays. */
function installation({
  type,
  action,
  membersAdded,
  membersRemoved,
  recipient,
}: Activity): InboundInstalled['change'] | undefined {
  const isBot = ({ id: member }: { readonly id: string }) => member === recipient.id;
  if (type === 'installationUpdate') {
    if (action === 'add-upgrade') return 'present';
    return action === 'add' ? 'added' : action === 'remove' ? 'removed' : undefined;
  }
  if (membersRemoved?.some(isBot)) return 'removed';
  return membersAdded?.some(isBot) ? 'present' : undefined;
}

function whatWasDone({ type, channelData }: Activity): 'edited' | 'deleted' | 'restored' {
  if (type === 'messageDelete') return 'deleted';
  return channelData?.eventType === 'undeleteMessage' ? 'restored' : 'edited';
}

/** A message is edited again and again under one id; told twice, an edit has the same time and text. */
function keyOfEdit(key: string, { type, timestamp, text, channelData }: Activity): string {
  const said = JSON.stringify([type, channelData?.eventType ?? '', timestamp ?? '', text ?? '']);
  return `${key}\n${hash('sha256', said, 'base64url')}`;
}

function parseInvoke(activity: Activity, open: OpenFile): Parsed {
  const value = isRecord(activity.value) ? activity.value : {};
  if (activity.name === 'adaptiveCard/action') {
    const action = isRecord(value.action) ? value.action : {};
    const data = isRecord(action.data) ? action.data : {};
    const verb = typeof action.verb === 'string' ? { verb: action.verb } : {};
    return parseCardData(
      activity,
      { ...data, ...verb },
      value.trigger === 'automatic' ? 'automatic' : 'manual',
    );
  }
  if (activity.name === 'task/fetch' || activity.name === 'task/submit')
    return parseDialog(activity, activity.name === 'task/fetch' ? 'fetch' : 'submit', value.data);
  if (!isExtension(activity.name)) return { kind: 'unknownInvoke', name: activity.name ?? '' };
  const called = readExtension(activity.name, value, activity.serviceUrl, open);
  switch (called.kind) {
    case 'search':
      return inbound(activity, (sender, key) => ({ ...called, sender, key }));
    case 'command':
      return parseDialog(activity, called.step, called.data, called);
  }
}

/** @param command of the message extension: when it opens a dialog there is no button's data yet */
function parseDialog(
  activity: Activity,
  step: 'fetch' | 'submit',
  value: unknown,
  command?: CommandCall,
): Parsed {
  const { verb: rawVerb, number, draft, version, inputs } = cardData(isRecord(value) ? value : {});
  const verb = command && step === 'fetch' ? command.id : (word(rawVerb) ?? NO_VERB);
  return inbound(activity, (sender, key) => ({
    kind: 'dialog',
    sender,
    key,
    step,
    verb,
    inputs,
    ...optional('post', command ? undefined : cardPressed(activity)),
    ...optional('ticket', ticketNumber(number)),
    ...optional('draft', word(draft)),
    ...optional('seen', versionSeen(version)),
    ...optional('message', command?.message),
  }));
}

/** Everything but verb, number, draft and version is an input, and only strings are kept. */
function cardData(data: Readonly<Record<string, unknown>>) {
  const { verb, number, draft, version, msteams: _, ...rest } = data;
  const typed = Object.entries(rest).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return { verb, number, draft, version, inputs: Object.fromEntries(typed) };
}

function parseCardData(
  activity: Activity,
  data: Readonly<Record<string, unknown>>,
  trigger: 'manual' | 'automatic',
): Parsed {
  const { verb: rawVerb, number, draft, version, inputs } = cardData(data);
  const verb = word(rawVerb) ?? NO_VERB;
  return inbound(activity, (sender, key) => ({
    kind: 'action',
    sender,
    key,
    verb,
    inputs,
    answerable: activity.type === 'invoke',
    automatic: trigger === 'automatic',
    ...optional('post', cardPressed(activity)),
    ...optional('ticket', ticketNumber(number)),
    ...optional('draft', word(draft)),
    ...optional('seen', versionSeen(version)),
  }));
}

function inbound(activity: Activity, make: (sender: Sender, key: string) => Inbound): Parsed {
  const { from, conversation, channelData, serviceUrl } = activity;
  const personal = isBotsChat(conversation);
  const sender: Sender = {
    person: (from.aadObjectId ?? '').toLowerCase(),
    name: from.name ?? '',
    teamsId: from.id,
    ...localeOf(activity),
    // Ids of chats come with `;messageid=` as well, now and then; in channels that is the thread.
    conversation: personal ? (conversation.id.split(';')[0] as string) : conversation.id,
    personal,
    ...optional('tenant', (from.tenantId ?? conversation.tenantId)?.toLowerCase()),
    ...channelOf(activity),
    serviceUrl,
  };
  return {
    kind: 'inbound',
    inbound: make(sender, `${sender.person}\n${conversation.id}\n${activity.id ?? ''}`),
    tenant: (channelData?.tenant?.id ?? conversation.tenantId ?? '').toLowerCase(),
    invoke: activity.type === 'invoke',
  };
}

/**
 * A command is given, and a card that somebody put into a message is pressed, in the chat of two people or in the command box
 * as well. Teams calls those personal, too, and nothing that is meant for the person alone may be sent there.
 */
function isBotsChat({ conversationType, id }: Activity['conversation']): boolean {
  return conversationType === 'personal' && !id.startsWith('19:');
}

/** The locale of an invoke may stand in its `clientInfo` alone; where there is none it is not known. */
function localeOf({ locale, entities }: Activity): Pick<Sender, 'locale' | 'localeGuessed'> {
  const client = entities?.find(
    ({ type, locale: told }) => type === 'clientInfo' && typeof told === 'string',
  );
  const told = locale || (typeof client?.locale === 'string' ? client.locale : '');
  // Italian first: whoever does not ask for another language gets it.
  if (told === '') return { locale: 'it', localeGuessed: true };
  return { locale: told.toLowerCase().startsWith('it') ? 'it' : 'en' };
}

function cardPressed({ conversation, replyToId }: Activity): Post | undefined {
  return replyToId
    ? { conversation: conversation.id, activity: replyToId.split(';')[0] as string }
    : undefined;
}

/** Older than any, where it is no version at all: what it would overwrite was not seen. */
function versionSeen(version: unknown): number | undefined {
  if (version === undefined) return undefined;
  return Number.isSafeInteger(version) && (version as number) > 0 ? (version as number) : 0;
}

function ticketNumber(value: unknown): string | undefined {
  return typeof value === 'string' && isTicketNumber(value) ? value : undefined;
}

function word(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w-]{1,64}$/.test(value) ? value : undefined;
}
