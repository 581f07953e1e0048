/** Requests as Teams makes them, of people of the desk and of requesters made up for the attack. */

import type { Person } from '../../src/domain/desk.ts';
import { APP_ID } from '../bench/names.ts';
import type { OpenTicket, WaitingDraft } from '../bench/prefill.ts';

export type Ground = {
  readonly serviceUrl: string;
  readonly tenant: string;
  readonly authorization: string;
  readonly tickets: readonly OpenTicket[];
  readonly drafts: readonly WaitingDraft[];
  readonly administrator: Pick<Person, 'id' | 'name'>;
};

export type Knock = {
  readonly method: 'POST' | 'GET';
  readonly path: string;
  readonly body?: string;
  readonly headers: Readonly<Record<string, string>>;
};

export type Json = Readonly<Record<string, unknown>>;
let sent = 0;

export const JSON_TYPE = { 'content-type': 'application/json' };

export function post({ authorization }: Ground, activity: Json): Knock {
  return {
    method: 'POST',
    path: '/api/messages',
    body: JSON.stringify(activity),
    headers: { ...JSON_TYPE, authorization },
  };
}

export function envelope({ serviceUrl, tenant }: Ground, { id, name }: Pick<Person, 'id' | 'name'>): Json {
  return {
    id: `f:${++sent}`,
    channelId: 'msteams',
    serviceUrl,
    locale: 'it-IT',
    from: { id: `29:${id}`, name, aadObjectId: id },
    recipient: { id: `28:${APP_ID}`, name: 'Sportello' },
    channelData: { tenant: { id: tenant } },
  };
}

export function channelData({ tenant }: Ground): Json {
  return { tenant: { id: tenant } };
}

export function inChat(ground: Ground, person: Pick<Person, 'id' | 'name'>, content: Json): Json {
  const conversation = { id: `a:${person.id}`, conversationType: 'personal', tenantId: ground.tenant };
  return { ...envelope(ground, person), conversation, ...content };
}

export function inChannel({ tenant }: Ground, channel: string): Json {
  return {
    conversation: {
      id: `${channel};messageid=1`,
      conversationType: 'channel',
      isGroup: true,
      tenantId: tenant,
    },
  };
}

export function press(verb: string, data: Json): Json {
  return {
    type: 'invoke',
    name: 'adaptiveCard/action',
    replyToId: '1',
    value: { action: { type: 'Action.Execute', verb, data: { ...data, verb } }, trigger: 'manual' },
  };
}

export function html(content: string): Json {
  return { contentType: 'text/html', content };
}
