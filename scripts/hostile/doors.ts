/** Every way by which a text reaches the bot over HTTP, as Teams brings it, or as anybody may try. */

import type { Person } from '../../src/domain/desk.ts';
import { APP_ID } from '../bench/names.ts';
import type { OpenTicket, WaitingDraft } from '../bench/prefill.ts';
import {
  channelData,
  envelope,
  type Ground,
  html,
  inChannel,
  inChat,
  JSON_TYPE,
  type Json,
  type Knock,
  post,
  press,
} from './knocks.ts';

/** @param index counts the texts, so that each comes to another ticket, person and field */
export type Door = (ground: Ground, text: string, index: number) => Knock;

const FOREIGN_TENANT = '99999999-0000-4000-8000-00000000ffff';
const EXECUTE = [
  'note',
  'reply',
  'close',
  'forward',
  'wait',
  'phoneMade',
  'move',
  'assign',
  'classify',
  'split',
  'mark',
];
const FIELDS = [
  'text',
  'to',
  'subject',
  'note',
  'date',
  'time',
  'minutes',
  'article',
  'reason',
  'responsible',
  'number',
  'queue',
  'service',
  'type',
  'list',
  'page',
  'form',
  'requester',
  'verb',
];
const REQUEST_FIELDS = [
  'subject',
  'text',
  'name',
  'phone',
  'availability',
  'organisation',
  'service',
  'type',
  'field.fornitore',
];
const FINDING = ['search', 'list', 'saveSearch', 'board', 'searchForm', 'bulk', 'chooseNotices', 'failures'];
const SEARCH_FIELDS = [
  'words',
  'text',
  'digits',
  'number',
  'list',
  'page',
  'name',
  'requester',
  'from',
  'to',
  'person',
  'tickets',
];
/** A request line longer than this is refused by the server itself. */
const ADDRESS_ROOM = 12_000;
/** Stands where values in values come: as a value they would be too deep for us. */
const NESTED = 'values in values';

export const DOORS: Readonly<Record<string, Door>> = {
  message: (ground, text, index) =>
    post(ground, inChat(ground, requester(ground, index), { type: 'message', text })),
  'message of HTML': (ground, text, index) =>
    post(
      ground,
      inChat(ground, requester(ground, index), { type: 'message', text: 'ecco', attachments: [html(text)] }),
    ),
  'message in a channel': (ground, text, index) => {
    const { agent, queue } = ticketAt(ground, index);
    const mention = {
      type: 'mention',
      mentioned: { id: `28:${APP_ID}`, name: 'Sportello' },
      text: text.slice(0, 2_000),
    };
    return post(ground, {
      ...envelope(ground, agent),
      ...inChannel(ground, queue.channel),
      type: 'message',
      text: `${mention.text} ${text}`.slice(0, 1_000_000),
      entities: [mention],
    });
  },
  'name of a file': (ground, text, index) =>
    post(
      ground,
      inChat(ground, requester(ground, index), {
        type: 'message',
        text: 'ecco il file',
        attachments: [
          {
            contentType: index % 2 === 0 ? 'application/vnd.microsoft.teams.file.download.info' : 'image/png',
            contentUrl: `${ground.serviceUrl}nothing`,
            name: text,
            content: { downloadUrl: `${ground.serviceUrl}nothing`, fileType: 'pdf', uniqueId: '1' },
          },
        ],
      }),
    ),
  'edited message': (ground, text, index) =>
    post(
      ground,
      inChat(ground, requester(ground, index), {
        type: 'messageUpdate',
        text,
        channelData: { ...channelData(ground), eventType: 'editMessage' },
      }),
    ),
  'desk search in the chat': (ground, text) =>
    post(ground, inChat(ground, ground.administrator, { type: 'message', text: `cerca ${text}` })),
  'form of a request': (ground, text, index) => {
    const { draft, requester: person, inputs } = draftAt(ground, index);
    const data = { ...inputs, [at(REQUEST_FIELDS, index)]: text, draft: draft.id, version: 1 };
    return post(ground, inChat(ground, person, press('sendRequest', data)));
  },
  'form on a card': (ground, text, index) => {
    const { number, agent, queue } = ticketAt(ground, index);
    const data = { number, version: 1, text: 'ok', [at(FIELDS, index)]: text };
    return post(ground, {
      ...envelope(ground, agent),
      ...inChannel(ground, queue.channel),
      ...press(at(EXECUTE, index), data),
    });
  },
  'form on a card without rights': (ground, text, index) => {
    const { number } = ticketAt(ground, index);
    const data = { number, version: 1, text: 'ok', [at(FIELDS, index)]: text };
    return post(ground, inChat(ground, requester(ground, index + 1), press(at(EXECUTE, index), data)));
  },
  'search form': (ground, text, index) =>
    post(
      ground,
      inChat(ground, ground.administrator, press(at(FINDING, index), { [at(SEARCH_FIELDS, index)]: text })),
    ),
  dialog: (ground, text, index) => {
    const { number, agent } = ticketAt(ground, index);
    const data = { verb: at(EXECUTE, index), number, version: 1, [at(FIELDS, index)]: text };
    const name = index % 2 === 0 ? 'task/submit' : 'task/fetch';
    return post(ground, inChat(ground, agent, { type: 'invoke', name, value: { data } }));
  },
  'old button': (ground, text, index) => {
    const { number } = ticketAt(ground, index);
    const value = { verb: at(EXECUTE, index), number, version: 1, [at(FIELDS, index)]: text };
    return post(ground, inChat(ground, requester(ground, index), { type: 'message', value }));
  },
  'search of the message extension': (ground, text) =>
    post(
      ground,
      inChat(ground, ground.administrator, {
        type: 'invoke',
        name: 'composeExtension/query',
        value: {
          commandId: 'searchTickets',
          parameters: [{ name: 'words', value: text }],
          queryOptions: { skip: 0, count: 25 },
        },
      }),
    ),
  'action on a message': (ground, text, index) => {
    const payload = {
      id: '1',
      body: { contentType: index % 4 === 3 ? 'text' : 'html', content: text },
      from: { user: { id: requester(ground, index).id, displayName: text.slice(0, 400) } },
      linkToMessage: `https://teams.microsoft.com/l/message/${text.slice(0, 4_000)}`,
    };
    const value = { commandId: 'createRequest', commandContext: 'message', messagePayload: payload };
    return post(
      ground,
      inChat(ground, requester(ground, index), { type: 'invoke', name: 'composeExtension/fetchTask', value }),
    );
  },
  'somewhere in an activity': (ground, text, index) => {
    const places: Json[] = [
      { from: { id: text, name: text.slice(0, 1_000), aadObjectId: requester(ground, index).id } },
      { channelData: { tenant: { id: text } } },
      { name: text, type: 'invoke' },
      { locale: text },
      { entities: [{ type: 'clientInfo', locale: text }] },
      { type: text },
      { value: NESTED },
      { membersAdded: [{ id: text }], type: 'conversationUpdate' },
      { replyToId: text },
    ];
    const knock = post(ground, {
      ...inChat(ground, requester(ground, index), { type: 'message', text: 'ok' }),
      ...places[index % places.length],
    });
    return { ...knock, body: knock.body?.replace(`"${NESTED}"`, () => nested(text)) ?? '' };
  },
  'another tenant': (ground, text, index) => {
    const data = { verb: 'note', number: ticketAt(ground, index).number, text };
    const contents: Json[] = [
      { type: 'message', text, attachments: [html('')] },
      { type: 'message', text: '', attachments: [html(text)] },
      press('forward', { ...data, to: '' }),
      { type: 'invoke', name: 'task/submit', value: { data } },
      {
        type: 'invoke',
        name: 'composeExtension/fetchTask',
        value: {
          commandId: 'createRequest',
          messagePayload: { id: '1', body: { contentType: 'html', content: text } },
        },
      },
    ];
    const activity = inChat(ground, requester(ground, index), contents[index % contents.length] ?? {});
    return post(ground, { ...activity, channelData: { tenant: { id: FOREIGN_TENANT } } });
  },
  'no token': (ground, text, index) => {
    const bodies = [
      JSON.stringify(inChat(ground, requester(ground, index), { type: 'message', text })),
      text,
      nested(text),
      `{"text":${JSON.stringify(text)}`,
    ];
    const authorization =
      index % 3 === 0 ? '' : `Bearer ${text.replace(/[^\x21-\x7e]/g, '').slice(0, ADDRESS_ROOM)}`;
    return {
      ...post(ground, {}),
      body: bodies[index % bodies.length] ?? '',
      headers: { ...JSON_TYPE, authorization },
    };
  },
  link: (ground, text, index) => {
    const word = encodeURIComponent(text.toWellFormed()).slice(0, ADDRESS_ROOM).replace(/%.?$/, '');
    const paths = [
      `/attachments/${word}`,
      `/attachments/1?name=${word}&type=${word.slice(0, 100)}&until=9&signature=a`,
      `/print/${ticketAt(ground, index).number}?scope=public&locale=it&until=${word}&signature=${word.slice(0, 100)}`,
      `/list?asked=${word}&person=1&until=9999999999999&signature=1`,
      `/${word}`,
    ];
    return { method: 'GET', path: paths[index % paths.length] ?? '/', headers: {} };
  },
};

/** As many lists in lists as the text is long. */
function nested(text: string): string {
  const depth = Math.min(text.length, 400_000);
  return `${'['.repeat(depth)}${']'.repeat(depth)}`;
}

function at(list: readonly string[], index: number): string {
  return list[index % list.length] ?? '';
}

function ticketAt({ tickets }: Ground, index: number): OpenTicket {
  const ticket = tickets[index % tickets.length];
  if (!ticket) throw new Error('there is no ticket to attack');
  return ticket;
}

function draftAt({ drafts }: Ground, index: number): WaitingDraft {
  const draft = drafts[index % drafts.length];
  if (!draft) throw new Error('there is no draft to attack');
  return draft;
}

function requester(ground: Ground, index: number): Pick<Person, 'id' | 'name'> {
  return draftAt(ground, index).requester;
}
