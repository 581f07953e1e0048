/** What has stopped working, and what to do about it: in the chat of an administrator (N3). */

import type { AlertCause } from '../../domain/alert-causes.ts';
import { CHANNEL_TYPES } from '../../domain/desk.ts';
import type { Instant } from '../../domain/ticket.ts';
import { type TextKey, translate } from '../../i18n/translate.ts';
import { button } from '../kit/buttons.ts';
import type { Outgoing } from '../kit/card.ts';
import { type CardContext, dated, nameOf, queueName } from '../kit/context.ts';
import { extract, oneLine } from '../kit/escape.ts';
import { textCard } from './text-view.ts';

const REASON_SHOWN = 200;

export type AlertInput = {
  /** Id of the episode, under which its cards are kept. */
  readonly episode: string;
  readonly cause: AlertCause;
  readonly since: Instant;
  /** Whom or what it is about, by name. */
  readonly who: string;
  /** What was noted of it; absent once it is over. */
  readonly params?: Readonly<Record<string, string>>;
  /** Id of the alert, where there are messages to look through. */
  readonly failures?: string;
};

/** What the login server's codes mean, of those that are met in practice (Microsoft: “AADSTS error codes”). */
const TOKEN_CODES: readonly (readonly [RegExp, TextKey])[] = [
  // No federated credential fits: none at all, or another issuer, audience or subject.
  [/AADSTS(?:70021|70025|70021[123])\b/, 'alert.tokenUntrusted'],
  [/AADSTS7000222|AADSTS700027/, 'alert.tokenExpired'],
  [/AADSTS7000215/, 'alert.tokenWrong'],
  [/AADSTS700016|AADSTS90002/, 'alert.tokenUnknown'],
];

export function alertCard(input: AlertInput, context: CardContext): Outgoing {
  const { locale, now } = context;
  const { cause, params, failures } = input;
  const at = Number(params?.at ?? 0);
  const reason = oneLine(extract(params?.reason ?? '', REASON_SHOWN));
  const ended = at > 0 && at <= now;
  const words = {
    who: nameOf(input.who),
    count: Number(params?.count ?? 0),
    reason,
    day: at > 0 ? dated(context, at) : '',
  };
  const title = translate(locale, `alert.${cause}.${ended ? 'ended' : 'title'}` as TextKey, words);
  const since = translate(locale, 'alert.since', { when: dated(context, input.since) });
  const refresh = {
    data: { verb: 'showAlert' as const, list: input.episode },
    userIds: context.refreshFor ?? [],
  };
  if (!params)
    return textCard({
      title: translate(locale, 'alert.over', { title }),
      paragraphs: [since],
      tone: 'good',
      refresh,
    });
  const said = [
    ...(words.count > 0 ? [translate(locale, 'alert.lost', words)] : []),
    ...(reason === '' ? [] : [translate(locale, 'alert.reason', words)]),
    ...(cause === 'tokenRefused' ? [tokenText(context, reason)] : []),
    ...(cause === 'channelTypeChanged' ? [channelTypes(context, params)] : []),
  ];
  return textCard({
    title,
    paragraphs: [...said, translate(locale, `alert.${cause}.remedy`, words), since],
    tone: 'attention',
    refresh,
    buttons:
      failures === undefined || words.count === 0
        ? []
        : [
            button(
              translate(locale, 'action.failures'),
              'failures',
              { list: failures },
              {
                chooses: { anew: 'yes' },
                inputs: 'none',
              },
            ),
          ],
  });
}

function channelTypes(
  { locale }: CardContext,
  { actual = '', expected = '' }: Readonly<Record<string, string>>,
): string {
  const name = (type: string) => {
    const known = CHANNEL_TYPES.find((one) => one === type);
    return known ? translate(locale, `alert.channelType.${known}`) : type;
  };
  return translate(locale, 'alert.channelTypes', { actual: name(actual), expected: name(expected) });
}

function tokenText({ locale }: CardContext, reason: string): string {
  const known = TOKEN_CODES.find(([code]) => code.test(reason));
  return translate(locale, known ? known[1] : 'alert.tokenOther');
}

/** The head of a list of messages that failed for one cause. */
export function causeWords(
  { locale, desk }: CardContext,
  { cause, who }: { readonly cause: AlertCause; readonly who: string },
): string {
  return translate(locale, `alert.${cause}.title` as TextKey, {
    who: nameOf(who),
    count: 0,
    reason: '',
    day: '',
    queue: queueName(desk, who),
  });
}
