/** Activities as Teams sends them, made by hand: to be delivered twice, elsewhere, or not quite right. */

import assert from 'node:assert/strict';
import type { MessageView } from '../../../src/local/protocol.ts';
import { PERSON, TENANT } from '../../support/desk.ts';
import { APP_ID } from '../../support/teams.ts';
import type { PressableData } from './cards.ts';
import { chatOf, type Who } from './people.ts';
import type { Instance, Stage } from './stage.ts';

export type Activity = Readonly<Record<string, unknown>>;
export type Answered = { readonly status: number; readonly body: unknown };

/** What every activity says of its sender and its place; the personal chat where no place is given. */
function envelope(stage: Stage, who: Who, conversation: string): Activity {
  const personal = conversation === chatOf(stage, who);
  return {
    channelId: 'msteams',
    serviceUrl: stage.local.serviceUrl,
    locale: 'it-IT',
    from: {
      id: stage.local.teamsId(PERSON[who]),
      name: stage.desk.people.get(PERSON[who])?.name,
      aadObjectId: PERSON[who],
    },
    recipient: { id: `28:${APP_ID}` },
    conversation: {
      id: conversation,
      conversationType: personal ? 'personal' : 'channel',
      tenantId: TENANT,
    },
    channelData: { tenant: { id: TENANT } },
  };
}

export function message(stage: Stage, who: Who, text: string, over: Activity = {}): Activity {
  return { ...envelope(stage, who, chatOf(stage, who)), type: 'message', id: '1793869000001', text, ...over };
}

/** A press on the card `on` stands for. */
export function pressOf(
  stage: Stage,
  who: Who,
  on: MessageView,
  data: PressableData | Activity,
  over: Activity = {},
): Activity {
  const channel = on.conversation.startsWith('19:');
  const { verb } = data;
  return {
    ...envelope(
      stage,
      who,
      channel ? `${on.conversation};messageid=${on.replyTo ?? on.id}` : on.conversation,
    ),
    type: 'invoke',
    id: 'f:00000000-0000-4000-8000-00000000000a',
    name: 'adaptiveCard/action',
    replyToId: on.id,
    value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
    ...over,
  };
}

/** Delivers it once, whatever the bot answers; to the bot that Teams speaks to, or to another one. */
export async function deliver(
  stage: Stage,
  activity: unknown,
  instance: Pick<Instance, 'url'> = stage,
): Promise<Answered> {
  const now = Math.floor(Date.now() / 1000);
  const token = await stage.local.signToken({
    iss: stage.local.settings.ToBotFromChannelTokenIssuer,
    aud: APP_ID,
    serviceurl: stage.local.serviceUrl,
    nbf: now - 10,
    exp: now + 600,
  });
  const response = await fetch(`${instance.url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: typeof activity === 'string' ? activity : JSON.stringify(activity),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

/** The card that an invoke was answered with. */
export function cardOf({ status, body }: Answered): unknown {
  assert.equal(status, 200);
  const { type, value } = body as { type: string; value: unknown };
  assert.equal(type, 'application/vnd.microsoft.card.adaptive', JSON.stringify(body).slice(0, 300));
  return value;
}

/** The sentence that an invoke was answered with. */
export function sentenceOf({ status, body }: Answered): string {
  assert.equal(status, 200);
  const { type, value } = body as { type: string; value: string };
  assert.equal(type, 'application/vnd.microsoft.activity.message', JSON.stringify(body).slice(0, 300));
  return value;
}
