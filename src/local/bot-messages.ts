/** Reads the activities that a bot sends: what of it can be shown, or the sentence that says why not. */

import type { MessageContent } from './conversations.ts';
import type { Directory } from './directory.ts';
import { cleanFileName } from './files.ts';
import type { History } from './history.ts';
import { type Reply, refusal } from './http.ts';
import { isObject, type Json, objectAt, stringAt } from './json.ts';
import type { Phones } from './phones.ts';
import type { FileView } from './protocol.ts';

/** About 100 KB as UTF-16: what Teams takes as one message of a bot. */
export const MAX_MESSAGE_BYTES = 100 * 1024;
const ADAPTIVE_CARD = 'application/vnd.microsoft.card.adaptive';

export type BotActivity =
  | { readonly kind: 'message'; readonly content: MessageContent }
  | { readonly kind: 'typing' }
  | { readonly kind: 'refused'; readonly reply: Reply };

export type ReadBotActivity = (body: unknown) => BotActivity;

export function createBotActivityReader(parts: {
  readonly directory: Directory;
  readonly history: History;
  readonly url: string;
  readonly phones: Phones;
}): ReadBotActivity {
  const { directory, history, url: home, phones } = parts;

  const mentionsIn = (body: Json, text: string) => {
    const mentions: { id: string; text: string }[] = [];
    for (const entity of listAt(body, 'entities')) {
      if (!isObject(entity) || entity.type !== 'mention') continue;
      const words = stringAt(entity, 'text');
      const id = stringAt(objectAt(entity, 'mentioned'), 'id') ?? '';
      const person = directory.person(id);
      if (words === undefined || !text.includes(words)) return 'A mention’s text must stand in the message.';
      if (person === undefined && id !== directory.botId)
        return `The mentioned ${id} is not in the conversation.`;
      mentions.push({ id: person?.aadObjectId ?? id, text: words });
    }
    return mentions;
  };

  const fileOf = (attachment: Json): FileView | string => {
    const contentType = stringAt(attachment, 'contentType') ?? '';
    const url = stringAt(attachment, 'contentUrl');
    const name = cleanFileName(stringAt(attachment, 'name') ?? 'attachment');
    if (url === undefined) return `Local Teams does not show attachments of the type ${contentType}.`;
    const own = /^\/(?:[a-z]+\/[^/]+\/)?v3\/attachments\/([^/]+)\/views\/original$/.exec(
      url.startsWith(home) ? url.slice(home.length) : '',
    );
    if (own !== null) return history.file(own[1] ?? '')?.view ?? `There is no attachment ${own[1]}.`;
    // A picture inside its own address is a bad request (bot-docs#2088).
    if (!/^https?:\/\//.test(url)) return 'A contentUrl must be http or https.';
    return { id: url, name, contentType, size: 0, url };
  };

  return (body) => {
    if (!isObject(body)) return bad('The body must be an activity as a JSON object.');
    if (body.type === 'typing') return { kind: 'typing' };
    if (body.type !== 'message') return bad(`An activity of the type ${String(body.type)} cannot be sent.`);
    // Counted as it would be kept, not as the bot happened to escape it.
    if (JSON.stringify(body).length * 2 > MAX_MESSAGE_BYTES) return { kind: 'refused', reply: tooBig() };

    const textFormat = body.textFormat ?? 'markdown';
    if (textFormat !== 'markdown' && textFormat !== 'plain')
      return bad('textFormat must be markdown or plain.');
    if (body.text !== undefined && body.text !== null && typeof body.text !== 'string') {
      return bad('text must be a string.');
    }
    const text = typeof body.text === 'string' && body.text !== '' ? body.text : undefined;
    const mentions = mentionsIn(body, text ?? '');
    if (typeof mentions === 'string') return bad(mentions);

    const cards: unknown[] = [];
    const files: FileView[] = [];
    for (const attachment of listAt(body, 'attachments')) {
      if (!isObject(attachment)) return bad('An attachment must be an object.');
      if (attachment.contentType === ADAPTIVE_CARD) {
        const card = attachment.content;
        if (!isObject(card) || card.type !== 'AdaptiveCard')
          return bad('The content is not an AdaptiveCard.');
        cards.push(card);
      } else {
        const file = fileOf(attachment);
        if (typeof file === 'string') return bad(file);
        files.push(file);
      }
    }
    if (text === undefined && cards.length === 0 && files.length === 0) {
      return bad('A message needs a text or an attachment.');
    }
    const summary = stringAt(body, 'summary');
    const refusedByPhones = phones.look(...cards);
    // In a chat it shows up in the person's activity (bot-docs, “Send proactive messages”); in channels it does nothing.
    const { alert } = objectAt(objectAt(body, 'channelData'), 'notification');
    return {
      kind: 'message',
      content: {
        ...(text === undefined ? {} : { text }),
        ...(summary === undefined ? {} : { summary }),
        textFormat,
        cards,
        files,
        mentions,
        ...(refusedByPhones === undefined ? {} : { refusedByPhones }),
        ...(alert === true ? { alert } : {}),
      },
    };
  };
}

export function tooBig(): Reply {
  return refusal(413, 'MessageSizeTooBig', 'Message size too large.');
}

function bad(message: string): BotActivity {
  return { kind: 'refused', reply: refusal(400, 'BadSyntax', message) };
}

function listAt(value: Json, key: string): readonly unknown[] {
  const found = value[key];
  return Array.isArray(found) ? found : [];
}
