/** Reads what the message extension asks (W7, I13): a search, or a command with the message it was started from. */

import { z } from 'zod';
import type { ChosenMessage, IncomingFile } from '../app/inbound.ts';
import type { OpenFile } from './attached-files.ts';
import type { Json } from './json.ts';
import { textOfHtml } from './message-text.ts';

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
  | { readonly kind: 'search'; readonly words: string; readonly skip: number; readonly count: number }
  | { readonly kind: 'malformed'; readonly reason: string };

const commandId = z.string().regex(/^[\w-]{1,64}$/);
/** As many as a client shows at once. */
const MOST_RESULTS = 25;

const querySchema = z.object({
  commandId,
  parameters: z
    .array(z.object({ name: z.string().max(100), value: z.union([z.string().max(1_000), z.boolean()]) }))
    .max(10),
  queryOptions: z
    .object({ skip: z.number().int().min(0).max(10_000).nullish(), count: z.number().int().min(1).nullish() })
    .nullish(),
});

const commandSchema = z.object({
  commandId,
  commandContext: z.string().max(50).nullish(),
  data: z.unknown(),
  messagePayload: z
    .object({
      id: z.string().min(1).max(1_000),
      linkToMessage: z.string().max(5_000).nullish(),
      from: z
        .object({
          user: z.object({ id: z.string().max(1_000), displayName: z.string().max(500).nullish() }).nullish(),
        })
        .nullish(),
      body: z
        .object({ contentType: z.string().max(50).nullish(), content: z.string().max(1_000_000).nullish() })
        .nullish(),
      attachments: z
        .array(
          z.object({
            contentType: z.string().max(500).nullish(),
            contentUrl: z.string().max(5_000).nullish(),
            name: z.string().max(500).nullish(),
          }),
        )
        .max(50)
        .nullish(),
    })
    .nullish(),
});
type Payload = NonNullable<z.infer<typeof commandSchema>['messagePayload']>;

/**
 * @param name of the invoke, `composeExtension/…`
 * @param serviceUrl of the authenticated activity: the only place from which a message's files are fetched
 */
export function readExtension(name: string, value: Json, serviceUrl: string, open: OpenFile): ExtensionCall {
  switch (name) {
    case 'composeExtension/query':
      return readQuery(value);
    case 'composeExtension/fetchTask':
    case 'composeExtension/submitAction': {
      const read = commandSchema.safeParse(value);
      if (!read.success) return malformed(read.error);
      const { commandId: id, data, messagePayload } = read.data;
      const step = name === 'composeExtension/fetchTask' ? 'fetch' : 'submit';
      const message = messagePayload && { message: messageOf(messagePayload, serviceUrl, open) };
      return { kind: 'command', id, step, data, ...message };
    }
    default:
      return { kind: 'malformed', reason: `name: unknown invoke "${name}"` };
  }
}

function readQuery(value: Json): ExtensionCall {
  const read = querySchema.safeParse(value);
  if (!read.success) return malformed(read.error);
  const { parameters, queryOptions } = read.data;
  const words = parameters.find(
    ({ name, value: typed }) => name !== 'initialRun' && typeof typed === 'string',
  );
  return {
    kind: 'search',
    words: String(words?.value ?? '').trim(),
    skip: queryOptions?.skip ?? 0,
    count: Math.min(queryOptions?.count ?? MOST_RESULTS, MOST_RESULTS),
  };
}

function malformed({ issues }: z.ZodError): ExtensionCall {
  const [issue] = issues;
  return { kind: 'malformed', reason: `value.${issue?.path.join('.')}: ${issue?.message ?? 'not valid'}` };
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function messageOf(payload: Payload, serviceUrl: string, open: OpenFile): ChosenMessage {
  const { id, from, body, linkToMessage, attachments } = payload;
  const user = from?.user;
  const content = body?.content ?? '';
  const link = teamsLink(linkToMessage ?? '');
  const files: IncomingFile[] = [];
  const outOfReach: string[] = [];
  for (const { contentType, contentUrl, name } of attachments ?? []) {
    const called = name?.toWellFormed() ?? '';
    // The payload comes from a client: what it names elsewhere must not be fetched in our name.
    if (contentType?.startsWith('image/') && contentUrl?.startsWith(serviceUrl.replace(/\/?$/, '/')))
      files.push({
        ...(called === '' ? {} : { name: called }),
        contentType,
        open: () => open(contentUrl, true),
      });
    else if (contentUrl && called !== '') outOfReach.push(called);
  }
  return {
    id,
    text: body?.contentType === 'text' ? content.trim() : textOfHtml(content),
    files,
    outOfReach,
    ...(user && GUID.test(user.id)
      ? { author: { id: user.id.toLowerCase(), name: user.displayName?.trim() ?? '' } }
      : {}),
    ...(link === undefined ? {} : { link }),
  };
}

/** An address that opens in Teams and nowhere else; it will stand on a card. */
function teamsLink(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, hostname } = new URL(address);
  const inTeams = /(^|\.)teams\.(microsoft\.com|cloud\.microsoft|microsoft\.us)$/.test(hostname);
  return protocol === 'https:' && inTeams ? address : undefined;
}
