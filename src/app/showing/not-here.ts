/** What the bot says outside of somebody's own chat with it: where to write, and nothing about any request. */

import { translate } from '../../i18n/translate.ts';
import type { Answer, Sender } from '../ports/inbound.ts';

/** In a channel the offices work; in a chat of several, or of a meeting, anybody may read. */
export function notHere({ channel, locale }: Pick<Sender, 'channel' | 'locale'>): Answer {
  return {
    kind: 'text',
    text: translate(locale, channel ? 'chat.writeInPersonalChat' : 'chat.notAmongOthers'),
  };
}
