/** Turns an authenticated Bot Framework activity into what the desk understands, or says why it cannot. */

import { TurnContext } from 'botbuilder';
import { z } from 'zod';
import type { Inbound, Sender } from '../app/inbound.ts';
import type { Post } from '../app/ports.ts';
import { isTicketNumber } from '../domain/number.ts';
import type { Locale } from '../domain/ticket.ts';
import { filesOf, type OpenFile } from './attached-files.ts';
import { type CommandCall, readExtension } from './extension.ts';
import { isRecord, optional } from './json.ts';
import { channelOf, teamChange } from './team-change.ts';

export type Parsed =
  | { readonly kind: 'inbound'; readonly inbound: Inbound; readonly tenant: string; readonly invoke: boolean }
  /** Nothing that concerns the desk: reactions, typing, other people's membership. */
  | { readonly kind: 'ignored' }
  | { readonly kind: 'malformed'; readonly reason: string };

const text = z.string().max(1_000_000);
const id = z.string().min(1).max(1_000);

const activitySchema = z.object({
  type: id,
  id: id.optional(),
  name: z.string().max(200).optional(),
  serviceUrl: id,
  locale: z.string().max(50).nullish(),
  text: text.nullish(),
  replyToId: id.nullish(),
  value: z.unknown(),
  from: z.object({
    id,
    name: z.string().max(500).nullish(),
    aadObjectId: id.nullish(),
    tenantId: z.string().max(200).nullish(),
  }),
  recipient: z.object({ id }),
  conversation: z.object({
    id,
    conversationType: z.string().max(50).nullish(),
    tenantId: z.string().max(200).nullish(),
  }),
  channelData: z
    .object({
      tenant: z.object({ id: z.string().max(200) }).nullish(),
      eventType: z.string().max(100).nullish(),
      team: z.object({ id: z.string().max(500).nullish() }).nullish(),
      channel: z.object({ id: z.string().max(500).nullish(), type: z.string().max(50).nullish() }).nullish(),
    })
    .nullish(),
  attachments: z
    .array(
      z.object({
        contentType: z.string().max(500),
        contentUrl: z.string().max(5_000).nullish(),
        name: z.string().max(500).nullish(),
        content: z.unknown(),
      }),
    )
    .max(50)
    .nullish(),
  membersAdded: z.array(z.object({ id })).max(1_000).nullish(),
  membersRemoved: z.array(z.object({ id })).max(1_000).nullish(),
  action: z.string().max(50).nullish(),
  entities: z.array(z.record(z.unknown())).max(200).nullish(),
});
type Activity = z.infer<typeof activitySchema>;

/** @param body the request's body; already authenticated, and still not believed */
export function parseActivity(body: unknown, open: OpenFile): Parsed {
  const parsed = activitySchema.safeParse(body);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return {
      kind: 'malformed',
      reason: `${issue?.path.join('.') || 'activity'}: ${issue?.message ?? 'not valid'}`,
    };
  }
  const activity = parsed.data;
  if (!['message', 'invoke', 'conversationUpdate', 'installationUpdate'].includes(activity.type))
    return { kind: 'ignored' };
  const personal = activity.conversation.conversationType === 'personal';
  if (activity.type === 'conversationUpdate' || activity.type === 'installationUpdate') {
    const change = teamChange(activity);
    if (change)
      return inbound(activity, (sender, key) => ({
        ...change,
        kind: 'team',
        sender,
        // Repeated activities are one; what happens a second time is another.
        key: `${key}\n${activity.channelData?.eventType ?? ''}`,
      }));
    const added =
      activity.type === 'installationUpdate'
        ? activity.action === 'add'
        : activity.membersAdded?.some((member) => member.id === activity.recipient.id);
    if (!added || !personal || !activity.from.aadObjectId) return { kind: 'ignored' };
    return inbound(activity, (sender, key) => ({ kind: 'installed', sender, key }));
  }
  if (!activity.from.aadObjectId) return { kind: 'malformed', reason: 'from.aadObjectId: Required' };
  if (!activity.id) return { kind: 'malformed', reason: 'id: Required' };
  if (activity.type === 'invoke') return parseInvoke(activity, open);
  // A client that only knows cards 1.2 sends the fallback's Action.Submit: a message with a value and no text.
  if (isRecord(activity.value) && !activity.text) return parseCardData(activity, activity.value, 'manual');
  return inbound(activity, (sender, key) => ({
    kind: 'message',
    sender,
    key,
    text: withoutMention(activity),
    files: filesOf(activity, open),
    ...optional('quotes', quotedMessage(activity)),
  }));
}

function parseInvoke(activity: Activity, open: OpenFile): Parsed {
  const value = isRecord(activity.value) ? activity.value : {};
  if (activity.name === 'adaptiveCard/action') {
    const action = isRecord(value.action) ? value.action : undefined;
    if (!action) return { kind: 'malformed', reason: 'value.action: Required' };
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
  if (!activity.name?.startsWith('composeExtension/'))
    return { kind: 'malformed', reason: `name: unknown invoke "${activity.name ?? ''}"` };
  const called = readExtension(activity.name, value, activity.serviceUrl, open);
  switch (called.kind) {
    case 'malformed':
      return called;
    case 'search':
      return inbound(activity, (sender, key) => ({ ...called, sender: outsideOfChat(sender), key }));
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
  const verb = command && step === 'fetch' ? command.id : word(rawVerb);
  if (!verb) return { kind: 'malformed', reason: 'value.data.verb: Required' };
  return inbound(activity, (sender, key) => ({
    kind: 'dialog',
    sender: command ? outsideOfChat(sender) : sender,
    key,
    step,
    verb,
    inputs,
    ...optional('ticket', ticketNumber(number)),
    ...optional('draft', word(draft)),
    ...optional('seen', Number.isSafeInteger(version) ? (version as number) : undefined),
    ...optional('message', command?.message),
  }));
}

/** A command can be given in the chat of two people, which Teams calls personal as well: it is not the bot's. */
function outsideOfChat(sender: Sender): Sender {
  return { ...sender, personal: sender.personal && sender.conversation.startsWith('a:') };
}

/** Everything but verb, number, draft and version is an input, and only strings are kept. */
function cardData(data: Readonly<Record<string, unknown>>) {
  const { verb, number, draft, version, msteams: _, ...rest } = data;
  const inputs: Record<string, string> = {};
  for (const [key, value] of Object.entries(rest)) if (typeof value === 'string') inputs[key] = value;
  return { verb, number, draft, version, inputs };
}

function parseCardData(
  activity: Activity,
  data: Readonly<Record<string, unknown>>,
  trigger: 'manual' | 'automatic',
): Parsed {
  const { verb: rawVerb, number, draft, version, inputs } = cardData(data);
  const verb = word(rawVerb);
  if (!verb) return { kind: 'malformed', reason: 'verb: Required' };
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
    ...optional('seen', Number.isSafeInteger(version) ? (version as number) : undefined),
  }));
}

function inbound(activity: Activity, make: (sender: Sender, key: string) => Inbound): Parsed {
  const { from, conversation, channelData, serviceUrl } = activity;
  const sender: Sender = {
    person: (from.aadObjectId ?? '').toLowerCase(),
    name: from.name ?? '',
    teamsId: from.id,
    locale: localeOf(activity.locale),
    conversation: conversation.id,
    personal: conversation.conversationType === 'personal',
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

/** In a channel the bot only hears what mentions it; the mention itself says nothing. */
function withoutMention(activity: Activity): string {
  const { text, recipient } = activity;
  const entities = activity.entities?.filter(
    ({ type, mentioned, text: named }) =>
      type === 'mention' && isRecord(mentioned) && typeof named === 'string',
  );
  if (!text || !entities?.length) return text ?? '';
  return TurnContext.removeRecipientMention({ text, entities, recipient } as never).trim();
}

function localeOf(locale: string | null | undefined): Locale {
  // Italian first: whoever does not ask for another language gets it.
  return !locale || locale.toLowerCase().startsWith('it') ? 'it' : 'en';
}

function cardPressed({ conversation, replyToId }: Activity): Post | undefined {
  return replyToId ? { conversation: conversation.id, activity: replyToId } : undefined;
}

/** Teams puts a quoted message into an HTML attachment: `<blockquote … itemid="…">`. */
function quotedMessage({ attachments }: Activity): string | undefined {
  const html = attachments?.find(({ contentType }) => contentType === 'text/html')?.content;
  if (typeof html !== 'string') return undefined;
  const [tag = ''] = /<blockquote[^<>]*/.exec(html) ?? [];
  return /\bitemid="(\d{1,40})"/.exec(tag)?.[1];
}

function ticketNumber(value: unknown): string | undefined {
  return typeof value === 'string' && isTicketNumber(value) ? value : undefined;
}

function word(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w-]{1,64}$/.test(value) ? value : undefined;
}
