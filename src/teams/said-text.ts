/** What somebody wrote, in whichever of its ways Teams hands it over. */

import { Parser } from 'htmlparser2';
import type { Activity } from './activity.ts';
import { isRecord } from './json.ts';
import { HTML_READ, type HtmlText, readHtml, tidy } from './message-text.ts';

export type Said = Pick<HtmlText, 'text' | 'quotes' | 'emoji' | 'pictures'>;

type Written = Pick<Activity, 'text' | 'textFormat' | 'attachments' | 'entities' | 'recipient'>;

/**
 * The attachment `text/html` mirrors a message, and only there are emoji characters and cells apart (hermes-agent#100699).
 * The text counts where there is none, and may be HTML itself.
 */
export function readSaid(activity: Written): Said {
  const mention = mentionsOf(activity);
  const raw = activity.text ?? '';
  const written = readWritten(raw, activity.textFormat, mention);
  const html = activity.attachments.find(({ contentType }) => contentType === 'text/html')?.content;
  const mirror = typeof html === 'string' && html.length <= HTML_READ ? readHtml(html, mention) : undefined;
  const quotes = quotedIn(activity.entities) ?? written.quotes ?? mirror?.quotes;
  return {
    text: mirror?.text || written.text,
    ...(quotes === undefined ? {} : { quotes }),
    emoji: mirror?.emoji ?? written.emoji,
    pictures: mirror?.pictures ?? written.pictures,
  };
}

type Mention = (name: string, place: number) => string;

/** Before 2026 a quotation was HTML; since then it is an entity and a placeholder in the text (teams.net#389). */
function quotedIn(entities: Written['entities']): string | undefined {
  for (const { type, quotedReply } of entities)
    if (type === 'quotedReply' && isRecord(quotedReply) && typeof quotedReply.messageId === 'string')
      return quotedReply.messageId.slice(0, 1_000);
  return undefined;
}

/** Some clients send HTML and call it plain: a tag that is closed, or a break, is no text of anybody's. */
const HTML =
  /<\/(?:p|div|span|b|strong|i|em|u|s|a|ul|ol|li|table|tr|td|th|h[1-6]|pre|code|blockquote|font)>|<br\s{0,3}\/?>|^\s{0,100}<(?:p|div|table|ul|ol|pre|img)[\s>]/i;

function readWritten(raw: string, format: string | null | undefined, mention: Mention): Said {
  const html = format === 'xml' || format === 'html' || HTML.test(raw.slice(0, HTML_READ));
  // What is longer than is read is told to be too long, whatever it is.
  if (html && raw.length <= HTML_READ) return readHtml(raw, mention);
  let quotes: string | undefined;
  let place = 0;
  const text = raw
    .replace(/<quoted\s+messageId=["']([^"'<>]{1,1000})["']\s*(?:\/>|>\s*<\/quoted>)/gi, (_, id: string) => {
      quotes ??= id;
      return ' ';
    })
    .replace(/<at(?:\s[^<>]{0,200})?>([^<>]{0,500})<\/at>/gi, (_, name: string) =>
      mention(decoded(name).trim(), place++),
    );
  return {
    text: tidy(decoded(text).replaceAll('\u00a0', ' ')),
    ...(quotes === undefined ? {} : { quotes }),
    emoji: new Set(),
    pictures: [],
  };
}

/** Only entities that are ended: an address may hold `&copy=`. */
function decoded(text: string): string {
  if (!text.includes('&')) return text;
  const known = new Map<string, string>();
  return text.replace(/&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]\w{1,30});/gi, (entity) => {
    const before = known.get(entity);
    if (before !== undefined) return before;
    let character = '';
    new Parser({
      ontext: (part) => {
        character += part;
      },
    }).end(entity);
    known.set(entity, character);
    return character;
  });
}

/** The bot's own name says nothing; another's is a part of the sentence. */
function mentionsOf({ entities, recipient }: Written): Mention {
  const mentions = entities.flatMap(({ type, mentioned, text }) =>
    type === 'mention' && isRecord(mentioned)
      ? [{ own: mentioned.id === recipient.id, names: namesIn(mentioned.name, text) }]
      : [],
  );
  const named = mentions.filter(({ own }) => own).flatMap(({ names }) => names);
  return (name, place) => {
    const own =
      named.length > 0
        ? named.includes(name)
        : (mentions[place]?.own ?? (mentions.length === 0 && name === recipient.name));
    return own ? '' : name;
  };
}

function namesIn(name: unknown, text: unknown): string[] {
  const said =
    typeof text === 'string' ? /^<at(?:\s[^<>]{0,200})?>([^<>]{0,500})<\/at>$/i.exec(text)?.[1] : undefined;
  return [name, said === undefined ? undefined : decoded(said)].flatMap((one) =>
    typeof one === 'string' && one.trim() !== '' ? [one.trim()] : [],
  );
}
