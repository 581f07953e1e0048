/** The shape of an activity: what must be there to answer it at all, and what is read only where it is as expected. */

import { z } from 'zod';
import { isRecord, type Json, optional } from './json.ts';

const id = z.string().min(1).max(1_000);
const word = (longest: number) => z.string().max(longest).nullish().catch(undefined);
const named = z
  .object({ id: word(500) })
  .nullish()
  .catch(undefined);
/** What is in a list and of the right shape; the rest of it is passed over. */
const records = z
  .array(z.unknown())
  .nullish()
  .catch(undefined)
  .transform((list) => list?.filter(isRecord) ?? []);

const schema = z.object({
  type: id,
  id: id.nullish().catch(undefined),
  name: word(200),
  serviceUrl: id,
  timestamp: word(50),
  locale: word(50),
  text: z.string().max(1_000_000).nullish(),
  textFormat: word(50),
  replyToId: id.nullish().catch(undefined),
  value: z.unknown(),
  // Teams has two names for the id in Entra, as in rosters.
  from: z
    .object({ id, name: word(500), aadObjectId: word(200), objectId: word(200), tenantId: word(200) })
    .transform(({ objectId, ...from }) => ({ ...from, aadObjectId: from.aadObjectId || objectId })),
  recipient: z.object({ id, name: word(500) }),
  conversation: z.object({ id, conversationType: word(50), tenantId: word(200) }),
  channelData: z
    .object({
      tenant: z
        .object({ id: z.string().max(200) })
        .nullish()
        .catch(undefined),
      eventType: word(100),
      team: named,
      channel: z
        .object({ id: word(500), type: word(50) })
        .nullish()
        .catch(undefined),
    })
    .nullish()
    .catch(undefined),
  attachments: records.transform((list) => list.map(attachmentOf)),
  membersAdded: records.transform(membersOf),
  membersRemoved: records.transform(membersOf),
  action: word(50),
  entities: records,
});

export type Activity = z.infer<typeof schema>;

export type Attachment = {
  readonly contentType: string;
  readonly contentUrl?: string;
  readonly name?: string;
  readonly content?: unknown;
};

/** @param body the request's body; already authenticated, and still not believed */
export function readActivity(
  body: unknown,
): { readonly ok: true; readonly activity: Activity } | { readonly ok: false; readonly reason: string } {
  const read = schema.safeParse(body);
  if (read.success) return { ok: true, activity: read.data };
  const issue = read.error.issues[0];
  return { ok: false, reason: `${issue?.path.join('.') || 'activity'}: ${issue?.message ?? 'not valid'}` };
}

const NAME_READ = 5_000;
const ADDRESS_READ = 5_000;

/** Of an attachment whatever it be: what it does not say as it should, it does not say. */
export function attachmentOf({ contentType, contentUrl, name, content }: Json): Attachment {
  return {
    contentType: typeof contentType === 'string' ? contentType.slice(0, 500).toLowerCase() : '',
    ...optional(
      'contentUrl',
      typeof contentUrl === 'string' && contentUrl !== '' && contentUrl.length <= ADDRESS_READ
        ? contentUrl
        : undefined,
    ),
    ...optional(
      'name',
      typeof name === 'string' && name.trim() !== '' ? name.slice(0, NAME_READ) : undefined,
    ),
    content,
  };
}

function membersOf(list: readonly Json[]): { readonly id: string }[] {
  return list.flatMap(({ id: member }) => (typeof member === 'string' ? [{ id: member }] : []));
}
