/** Activities as Teams sends them, of people of the example desk and of requesters made up for the benchmark. */

import type { Person, Queue } from '../../src/domain/desk.ts';
import { APP_ID } from './names.ts';
import type { OpenTicket, WaitingDraft } from './prefill.ts';

export type Place = { readonly serviceUrl: string; readonly tenant: string };

let sent = 0;

/** A message in a requester's own chat; what the echo answers, too. */
export function messageActivity(place: Place, text: string): string {
  return JSON.stringify({
    ...envelope(place, { id: 'bench-echo', name: 'Giulia Moretti' }),
    type: 'message',
    text,
    textFormat: 'plain',
    conversation: { id: 'a:bench-echo', conversationType: 'personal', tenantId: place.tenant },
    channelData: { tenant: { id: place.tenant } },
  });
}

/** The intake form is sent. */
export function sendRequestActivity(place: Place, { draft, requester, inputs }: WaitingDraft): string {
  return JSON.stringify({
    ...envelope(place, requester),
    ...invoke('sendRequest', { draft: draft.id, version: draft.version, ...inputs }),
    replyToId: `card-${draft.id}`,
    conversation: { id: `a:${requester.id}`, conversationType: 'personal', tenantId: place.tenant },
    channelData: { tenant: { id: place.tenant }, source: { name: 'message' } },
  });
}

/** An agent presses claim, or sends the form of a note, on the card in the queue's channel. */
export function channelActivity(
  place: Place,
  open: OpenTicket,
  verb: 'claim' | 'note',
  data: Readonly<Record<string, string | number>>,
): string {
  const { queue, number, agent } = open;
  return JSON.stringify({
    ...envelope(place, agent),
    ...invoke(verb, { number, ...data }),
    replyToId: `card-${number}`,
    conversation: {
      id: `${queue.channel};messageid=card-${number}`,
      conversationType: 'channel',
      isGroup: true,
      tenantId: place.tenant,
    },
    channelData: channelData(place, queue),
  });
}

function channelData({ tenant }: Place, { channel }: Queue): unknown {
  return { tenant: { id: tenant }, channel: { id: channel }, source: { name: 'message' } };
}

function invoke(verb: string, data: Readonly<Record<string, string | number>>): Record<string, unknown> {
  return {
    type: 'invoke',
    name: 'adaptiveCard/action',
    value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
  };
}

function envelope({ serviceUrl }: Place, person: Pick<Person, 'id' | 'name'>): Record<string, unknown> {
  sent++;
  const now = new Date(Date.now()).toISOString();
  return {
    id: `f:${sent}`,
    timestamp: now,
    localTimestamp: now,
    localTimezone: 'Europe/Rome',
    channelId: 'msteams',
    serviceUrl,
    locale: 'it-IT',
    from: { id: `29:${person.id}`, name: person.name, aadObjectId: person.id },
    recipient: { id: `28:${APP_ID}`, name: 'Sportello' },
    entities: [
      { type: 'clientInfo', locale: 'it-IT', country: 'IT', platform: 'Web', timezone: 'Europe/Rome' },
    ],
  };
}
