/** Reads what the message extension asks (W7, I13): a search, or a command with the message it was started from. */

import { z } from 'zod';
import type { ChosenMessage } from '../app/ports/inbound.ts';
import { type Attachment, attachmentOf } from './activity.ts';
import { filesOf, type OpenFile } from './attached-files.ts';
import { sameOrigin } from './hosts.ts';
import { isRecord, type Json } from './json.ts';
import { type HtmlText, readHtml, tidy } from './message-text.ts';

export type CommandCall = {
  readonly kind: 'command';
  readonly id: string;
  readonly step: 'fetch' | 'submit';
  /** What the dialog's form sent. */
  readonly data: unknown;
  readonly message?: ChosenMessage;
};

export type ExtensionCall =
  | CommandCall
  | { readonly kind: 'search'; readonly words: string; readonly skip: number; readonly count: number };

/** As many as a client shows at once. */
const MOST_RESULTS = 25;
const FARTHEST = 10_000;
const WORDS_READ = 1_000;

const word = (longest: number) => z.string().max(longest).nullish().catch(undefined);
const commandId = z
  .string()
  .regex(/^[\w-]{1,64}$/)
  .catch('');
/** Things in a list, whatever they are; none where it is no list. */
const records = z
  .array(z.unknown())
  .nullish()
  .catch(undefined)
  .transform((list) => list?.filter(isRecord) ?? []);
const whole = z.number().int().nullish().catch(undefined);

const querySchema = z.object({
  parameters: records,
  queryOptions: z.object({ skip: whole, count: whole }).nullish().catch(undefined),
});

const payloadSchema = z.object({
  id: z.string().min(1).max(1_000),
  linkToMessage: word(5_000),
  from: z
    .object({
      user: z
        .object({ id: z.string().max(1_000), displayName: word(500) })
        .nullish()
        .catch(undefined),
    })
    .nullish()
    .catch(undefined),
  body: z
    .object({ contentType: word(50), content: word(1_000_000) })
    .nullish()
    .catch(undefined),
  attachments: records,
});

const commandSchema = z.object({
  commandId,
  data: z.unknown(),
  messagePayload: payloadSchema.nullish().catch(undefined),
});
type Payload = z.infer<typeof payloadSchema>;

const INVOKES = [
  'composeExtension/query',
  'composeExtension/fetchTask',
  'composeExtension/submitAction',
] as const;
type ExtensionInvoke = (typeof INVOKES)[number];

export function isExtension(name: string | null | undefined): name is ExtensionInvoke {
  return INVOKES.some((known) => known === name);
}

/**
 * @param serviceUrl of the authenticated activity: the only place from which a message's files are fetched
 */
export function readExtension(
  name: ExtensionInvoke,
  value: Json,
  serviceUrl: string,
  open: OpenFile,
): ExtensionCall {
  if (name === 'composeExtension/query') return readQuery(value);
  const { commandId: id, data, messagePayload } = commandSchema.parse(value);
  const step = name === 'composeExtension/fetchTask' ? 'fetch' : 'submit';
  const message = messagePayload && { message: messageOf(messagePayload, serviceUrl, open) };
  return { kind: 'command', id, step, data, ...message };
}

/** Without a parameter nothing has been typed: clients leave them out. */
function readQuery(value: Json): ExtensionCall {
  const { parameters, queryOptions } = querySchema.parse(value);
  const typed = parameters.find(({ name, value: one }) => name !== 'initialRun' && typeof one === 'string');
  const { skip, count } = queryOptions ?? {};
  return {
    kind: 'search',
    words: String(typed?.value ?? '')
      .slice(0, WORDS_READ)
      .toWellFormed()
      .trim(),
    skip: Math.min(Math.max(skip ?? 0, 0), FARTHEST),
    count: Math.min(Math.max(count ?? MOST_RESULTS, 1), MOST_RESULTS),
  };
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function messageOf(payload: Payload, serviceUrl: string, open: OpenFile): ChosenMessage {
  const { id, from, body, linkToMessage } = payload;
  const user = from?.user;
  const content = body?.content ?? '';
  const link = teamsLink(linkToMessage ?? '');
  const isText = body?.contentType === 'text';
  const said: Pick<HtmlText, 'text' | 'emoji' | 'pictures'> = isText
    ? { text: tidy(content), emoji: new Set(), pictures: [] }
    : readHtml(content);
  // The payload comes from a client: what it names elsewhere must not be fetched in our name.
  const attachments = payload.attachments
    .map(attachmentOf)
    .map((one) =>
      (one.contentUrl !== undefined && sameOrigin(one.contentUrl, serviceUrl)) ||
      !one.contentType.startsWith('image/')
        ? one
        : without(one),
    )
    .map((one) =>
      one.contentType === 'application/vnd.microsoft.teams.file.download.info'
        ? { ...one, content: {} }
        : one,
    );
  return {
    id,
    text: said.text,
    ...filesOf(attachments, said, open),
    ...(user && GUID.test(user.id)
      ? { author: { id: user.id.toLowerCase(), name: user.displayName?.trim() ?? '' } }
      : {}),
    ...(link === undefined ? {} : { link }),
  };
}

/** Named, and not to be opened. */
function without({ contentUrl: _, ...attachment }: Attachment): Attachment {
  return attachment;
}

/** An address that opens in Teams and nowhere else; it will stand on a card. */
function teamsLink(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, hostname } = new URL(address);
  const inTeams = /(^|\.)teams\.(microsoft\.com|cloud\.microsoft|microsoft\.us)$/.test(hostname);
  return protocol === 'https:' && inTeams ? address : undefined;
}
