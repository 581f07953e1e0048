/** Sends cards through the connector and says what became of it, in the words of the `Messenger` port. */

import type { Destination, Post } from '../app/ports/delivery.ts';
import type { Answer, Inbound } from '../app/ports/inbound.ts';
import type { Messenger, SendOutcome } from '../app/ports/messaging.ts';
import type { Log } from '../app/ports/signals.ts';
import type { Profile } from '../app/ports/store.ts';
import type { Outgoing } from '../cards/kit/card.ts';
import type { BotSettings } from '../config/environment.ts';
import type { Desk } from '../domain/desk.ts';
import type { PersonId } from '../domain/ticket.ts';
import type { Connector } from './connector.ts';
import type { Pace } from './pace.ts';
import { roomIn, type ServiceAddress } from './service.ts';
import {
  activityIn,
  type Body,
  type Called,
  isNotFound,
  judge,
  placed,
  UNTOLD,
  withoutLate,
  wordIn,
} from './verdict.ts';

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

/** Longer than this nobody waits for a turn's own words. */
const PATIENCE_MS = 5_000;
/** Before they are tried again where Teams does not say when; doubled each time. */
const SAY_AGAIN_MS = 500;

export type Speaking = {
  readonly messenger: Messenger;
  /** Says something in the conversation of a turn, outside the outbox: words that are lost with the process. */
  readonly say: (inbound: Inbound, answer: Answer) => Promise<void>;
};

export function createMessenger(parts: MessengerParts): Speaking {
  const { settings, connector, pace, service, desk } = parts;

  /** @param kept address of the service that was written down with the conversation */
  async function call(
    method: 'POST' | 'PUT',
    conversation: string,
    path: string,
    body: unknown,
    kept?: string,
  ): Promise<Called> {
    const room = roomIn(conversation);
    const wait = pace.take(room);
    if (wait > 0) return { kind: 'retry', reason: 'pace', afterMs: wait, counts: false };
    const address = service.current(room, kept);
    let reply = await connector.call(method, address, path, body);
    if (isNotFound(reply) && service.doubt(room, address))
      reply = await connector.call(method, service.current(room), path, body);
    if (reply.kind === 'answer' && reply.status === 429) pace.hold(room, reply.retryAfterMs ?? 1_000);
    return judge(method, reply);
  }

  async function createConversation(
    person: PersonId,
    profile: Profile | undefined,
  ): Promise<{ kind: 'at'; id: string } | Exclude<SendOutcome, { kind: 'sent' }>> {
    const made = await call(
      'POST',
      `new:${person}`,
      'v3/conversations',
      {
        bot: { id: `28:${settings.appId}` },
        // The Entra id: a chat that was deleted is not begun anew for a `29:…` (msteams-docs#14079).
        members: [{ id: person }],
        isGroup: false,
        tenantId: desk().tenants[0],
        channelData: { tenant: { id: desk().tenants[0] } },
      },
      profile?.serviceUrl,
    );
    // Whether it was begun twice makes no difference, so a late answer is none.
    if (made.kind === 'retry') return withoutLate(made);
    if (made.kind !== 'done') return made;
    const id = wordIn(made.body.id);
    if (id === undefined) return { kind: 'retry', reason: 'no id of the conversation', counts: true };
    const conversation = roomIn(id);
    const known = desk().people.get(person);
    if (profile?.conversation !== conversation)
      await parts.saveProfile({
        person,
        name: profile?.name ?? known?.name ?? '',
        locale: profile?.locale ?? desk().locale,
        ...profile,
        conversation,
      });
    return { kind: 'at', id: conversation };
  }

  async function postToPerson(person: PersonId, content: Outgoing): Promise<SendOutcome> {
    const profile = await parts.profile(person);
    if (profile?.appRemoved) return { kind: 'absent' };
    if (profile?.conversation !== undefined) {
      const sent = await send(profile.conversation, content, profile.serviceUrl);
      // Deleted by its person: it is begun anew, which does no harm where it was there all the time.
      if (sent.kind !== 'doubtful' || sent.believed.kind !== 'gone') return sent;
    }
    const place = await createConversation(person, profile);
    return place.kind === 'at' ? send(place.id, content, profile?.serviceUrl) : place;
  }

  async function send(conversation: string, content: Outgoing, kept?: string): Promise<SendOutcome> {
    const sent = await call('POST', conversation, activitiesOf(conversation), activityOf(content), kept);
    return placed(sent, (body) => ({ conversation, activity: activityIn(body) }));
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
      if (to.kind === 'person') return postToPerson(to.person, content);
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
      return placed(made, (body) => {
        const activity = activityIn(body);
        return {
          conversation: activity === UNTOLD ? channel : `${channel};messageid=${activity}`,
          activity,
        };
      });
    },

    async edit(to, post, content): Promise<SendOutcome> {
      const profile = to.kind === 'person' ? await parts.profile(to.person) : undefined;
      if (profile?.appRemoved) return { kind: 'absent' };
      const edited = await call(
        'PUT',
        post.conversation,
        `${activitiesOf(post.conversation)}/${encodeURIComponent(post.activity)}`,
        { ...activityOf({ ...content, alert: false }), id: post.activity },
        profile?.conversation === post.conversation ? profile.serviceUrl : undefined,
      );
      return placed(edited, () => post);
    },
  };

  return {
    messenger,
    async say({ sender }, answer) {
      if (answer.kind === 'none' || answer.kind === 'results') return;
      const body =
        answer.kind === 'text'
          ? { type: 'message', text: answer.text, textFormat: 'plain' }
          : activityOf(answer.content);
      const activities = activitiesOf(sender.conversation);
      let post = answer.kind === 'message' ? answer.post : undefined;
      // What the outbox sends may take the place that was waited for, so once is not enough.
      for (let waited = 0, pause = SAY_AGAIN_MS; ; ) {
        const outcome = post
          ? await call(
              'PUT',
              sender.conversation,
              `${activities}/${encodeURIComponent(post.activity)}`,
              { ...body, id: post.activity },
              sender.serviceUrl,
            )
          : await call('POST', sender.conversation, activities, body, sender.serviceUrl);
        if (outcome.kind === 'done') return;
        // Its person has deleted the card: it is said below.
        if (post && (outcome.kind === 'gone' || outcome.kind === 'doubtful')) {
          post = undefined;
          continue;
        }
        const afterMs = waitBefore(outcome, pause);
        if (afterMs === undefined || waited + afterMs > PATIENCE_MS) {
          const reason = 'reason' in outcome ? outcome.reason : outcome.kind;
          parts.log.warn({ outcome: outcome.kind, reason }, 'an answer could not be said');
          return;
        }
        await parts.wait(afterMs);
        waited += afterMs;
        if (outcome.kind !== 'retry' || outcome.afterMs === undefined) pause *= 2;
      }
    },
  };
}

/** Milliseconds before words are tried again; undefined where that would help nobody, or say them twice. */
function waitBefore(outcome: Exclude<Called, { kind: 'done' }>, pause: number): number | undefined {
  if (outcome.kind === 'doubtful') return pause;
  if (outcome.kind !== 'retry' || outcome.late !== undefined) return undefined;
  return outcome.afterMs ?? pause;
}

function activitiesOf(conversation: string): string {
  return `v3/conversations/${encodeURIComponent(conversation)}/activities`;
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
