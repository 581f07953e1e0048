/** Sends cards through the connector and says what became of it, in the words of the `Messenger` port. */

import type { Answer, Inbound } from '../app/inbound.ts';
import type { Destination, Messenger, Outgoing, Post, Profile, SendOutcome } from '../app/ports.ts';
import type { Log } from '../app/signals.ts';
import type { BotSettings } from '../config/environment.ts';
import type { Desk } from '../domain/desk.ts';
import type { PersonId } from '../domain/ticket.ts';
import type { Connector, ConnectorReply } from './connector.ts';
import type { Pace } from './pace.ts';
import type { ServiceAddress } from './service.ts';

export type MessengerParts = {
  readonly settings: BotSettings;
  readonly connector: Connector;
  readonly pace: Pace;
  readonly wait: (ms: number) => Promise<void>;
  readonly service: ServiceAddress;
  readonly desk: () => Desk;
  readonly profile: (person: PersonId) => Promise<Profile | undefined>;
  readonly saveProfile: (profile: Profile) => Promise<void>;
  readonly log: Log;
};

type Body = Readonly<Record<string, unknown>>;
type Called = { readonly kind: 'done'; readonly body: Body } | Exclude<SendOutcome, { kind: 'sent' }>;

/** Answers that the platform asks to be tried again (Microsoft's documentation of rate limits). */
const AGAIN = new Set([401, 408, 412, 429, 500, 502, 503, 504]);

/** Longer than this nobody waits for a turn's own words. */
const PATIENCE_MS = 5_000;

export type Speaking = {
  readonly messenger: Messenger;
  /** Says something in the conversation of a turn, outside the outbox: words that are lost with the process. */
  readonly say: (inbound: Inbound, answer: Answer) => Promise<void>;
};

export function createMessenger(parts: MessengerParts): Speaking {
  const { settings, connector, pace, service, desk } = parts;

  async function call(
    method: 'POST' | 'PUT',
    conversation: string,
    path: string,
    body: unknown,
  ): Promise<Called> {
    const room = conversation.split(';')[0] as string;
    const wait = pace.take(room);
    if (wait > 0) return { kind: 'retry', reason: 'pace', afterMs: wait, counts: false };
    const reply = await connector.call(method, service.current(), path, body);
    if (reply.kind === 'answer' && reply.status === 429) pace.hold(room, reply.retryAfterMs ?? 1_000);
    return judge(reply);
  }

  async function personalConversation(person: PersonId): Promise<{ kind: 'at'; id: string } | Called> {
    const profile = await parts.profile(person);
    if (profile?.conversation) return { kind: 'at', id: profile.conversation };
    const made = await call('POST', `new:${person}`, 'v3/conversations', {
      bot: { id: `28:${settings.appId}` },
      members: [{ id: person }],
      isGroup: false,
      tenantId: desk().tenants[0],
      channelData: { tenant: { id: desk().tenants[0] } },
    });
    if (made.kind !== 'done') return made;
    const id = String(made.body.id);
    const known = desk().people.get(person);
    await parts.saveProfile({
      person,
      name: profile?.name ?? known?.name ?? '',
      locale: profile?.locale ?? desk().locale,
      ...profile,
      conversation: id,
    });
    return { kind: 'at', id };
  }

  async function send(conversation: string, content: Outgoing): Promise<SendOutcome> {
    const sent = await call(
      'POST',
      conversation,
      `v3/conversations/${encodeURIComponent(conversation)}/activities`,
      activityOf(content),
    );
    return sent.kind === 'done'
      ? { kind: 'sent', post: { conversation, activity: String(sent.body.id) } }
      : sent;
  }

  const messenger: Messenger = {
    async places(): Promise<number> {
      for (;;) {
        const { places, afterMs } = pace.free();
        if (places > 0) return places;
        await parts.wait(afterMs);
      }
    },

    async post(to: Destination, content: Outgoing, thread?: Post): Promise<SendOutcome> {
      if (to.kind === 'person') {
        const place = await personalConversation(to.person);
        return place.kind === 'at' ? send(place.id, content) : (place as SendOutcome);
      }
      const channel = desk().queues.get(to.queue)?.channel;
      if (!channel) return { kind: 'failed', reason: `the desk has no queue "${to.queue}" any more` };
      if (thread) return send(threadOf(channel, thread), content);
      const made = await call('POST', channel, 'v3/conversations', {
        isGroup: true,
        bot: { id: `28:${settings.appId}` },
        tenantId: desk().tenants[0],
        channelData: { channel: { id: channel }, tenant: { id: desk().tenants[0] } },
        activity: activityOf(content),
      });
      if (made.kind !== 'done') return made;
      const activity = String(made.body.activityId ?? made.body.id);
      return { kind: 'sent', post: { conversation: `${channel};messageid=${activity}`, activity } };
    },

    async edit(_to, post, content): Promise<SendOutcome> {
      const edited = await call(
        'PUT',
        post.conversation,
        `v3/conversations/${encodeURIComponent(post.conversation)}/activities/${encodeURIComponent(post.activity)}`,
        { ...activityOf({ ...content, alert: false }), id: post.activity },
      );
      return edited.kind === 'done' ? { kind: 'sent', post } : edited;
    },
  };

  return {
    messenger,
    async say({ sender }, answer) {
      if (answer.kind === 'none' || answer.kind === 'results') return;
      const path = `v3/conversations/${encodeURIComponent(sender.conversation)}/activities`;
      const body =
        answer.kind === 'text'
          ? { type: 'message', text: answer.text, textFormat: 'plain' }
          : activityOf(answer.content);
      // What the outbox sends may take the place that was waited for, so once is not enough.
      for (let waited = 0; ; ) {
        const outcome = await call('POST', sender.conversation, path, body);
        if (outcome.kind === 'done') return;
        const afterMs = outcome.kind === 'retry' ? outcome.afterMs : undefined;
        if (afterMs === undefined || waited + afterMs > PATIENCE_MS) {
          parts.log.warn({ outcome: outcome.kind }, 'an answer could not be said');
          return;
        }
        await parts.wait(afterMs);
        waited += afterMs;
      }
    },
  };
}

function threadOf(channel: string, { activity }: Post): string {
  return `${channel};messageid=${activity}`;
}

/** @param alert shows up in the person's activity, too; without it Teams marks the chat as unread and no more */
function activityOf({ card, summary, alert = false }: Outgoing): Body {
  return {
    type: 'message',
    summary,
    ...(alert ? { channelData: { notification: { alert } } } : {}),
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
  };
}

function judge(reply: ConnectorReply): Called {
  if (reply.kind === 'noAnswer') return { kind: 'retry', reason: reply.reason, counts: true };
  const { status, retryAfterMs } = reply;
  if (status >= 200 && status < 300) return { kind: 'done', body: (reply.body ?? {}) as Body };
  const reason = `${status} ${errorCode(reply.body)}`.trim();
  if (AGAIN.has(status) || status >= 500)
    return {
      kind: 'retry',
      reason,
      // Being told to slow down is no failure of the message.
      counts: status !== 429,
      ...(retryAfterMs === undefined ? {} : { afterMs: retryAfterMs }),
    };
  return status === 404 ? { kind: 'gone' } : { kind: 'failed', reason };
}

function errorCode(body: unknown): string {
  const error = (body as { error?: { code?: unknown } } | undefined)?.error;
  return typeof error?.code === 'string' ? error.code : '';
}
