/**
 * What an authenticated activity is cut to before anybody looks into it (A9): longer texts, larger lists and deeper values
 * than Teams sends hold nothing that matters, and only cost time. Of a tenant that is not allowed only the envelope stays.
 */

import { isRecord, type Json } from './json.ts';

/** In UTF-16 units: a message of Teams has some 28 KB, and whoever writes more than a text may have must be told so. */
const TEXT_KEPT = 100_000;
/** Elements of a list, fields of a value. */
const PARTS_KEPT = 1_000;
/** Values in values. A card that comes back with a form is far less deep. */
const DEPTH_KEPT = 24;

/** Takes time that grows with the activity alone, however deep it is. */
export function cut(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return cutText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === DEPTH_KEPT) return undefined;
  if (Array.isArray(value)) return value.slice(0, PARTS_KEPT).map((one) => cut(one, depth + 1));
  const kept: [string, unknown][] = [];
  for (const [key, one] of Object.entries(value).slice(0, PARTS_KEPT))
    kept.push([cutText(key), cut(one, depth + 1)]);
  return Object.fromEntries(kept);
}

/** Not between the two halves of a character. */
function cutText(text: string): string {
  return text.length <= TEXT_KEPT ? text : text.slice(0, TEXT_KEPT).replace(/[\ud800-\udbff]$/, '');
}

/** The tenant that an activity says it comes from, in lower case. Its sender was authenticated, and so is believed. */
export function tenantOf({ channelData, conversation }: Json): string {
  const place = isRecord(channelData) && isRecord(channelData.tenant) ? channelData.tenant.id : undefined;
  const tenant = place ?? (isRecord(conversation) ? conversation.tenantId : undefined);
  return typeof tenant === 'string' ? tenant.slice(0, 200).toLowerCase() : '';
}

/** What of it is needed for an answer: who, where, and what kind of answer is waited for. */
export function withoutContent(activity: Json): Json {
  const {
    text: _text,
    attachments: _attachments,
    entities: _entities,
    value: _value,
    ...envelope
  } = activity;
  const nothing = { verb: 'none' };
  return {
    ...envelope,
    text: '',
    ...(activity.type === 'invoke' && {
      value: { action: { verb: 'none', data: nothing }, data: nothing, commandId: 'none', parameters: [] },
    }),
  };
}
