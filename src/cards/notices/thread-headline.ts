/** What a notice in a thread says first: who did what, and how often. */

import type { AttachmentRef, PersonRef } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import { type CardContext, nameOf } from '../kit/context.ts';

type Told = {
  /** One of `THREAD_NOTICES`. */
  readonly kind: string;
  readonly by: PersonRef | undefined;
  readonly text: string;
  readonly attachments: readonly AttachmentRef[];
  readonly count: number;
};

/** @param requester who wrote, as the card names them */
export function threadHeadline(
  { kind, by, text, attachments, count }: Told,
  requester: string,
  context: CardContext,
): string {
  const { locale } = context;
  return kind === 'reopened'
    ? translate(locale, 'notice.threadReopened', { requester })
    : kind === 'withdrawn'
      ? translate(locale, 'notice.withdrawnByRequester', { who: requester })
      : kind === 'requesterCorrected'
        ? translate(locale, 'notice.requesterCorrected', { who: requester })
        : kind === 'mailReceived'
          ? translate(locale, count > 1 ? 'notice.mailReceivedMany' : 'notice.mailReceived', {
              who: requester,
              count,
            })
          : kind === 'returned'
            ? translate(locale, 'notice.threadReturned', { who: nameOf(by?.name ?? context.desk.name) })
            : count > 1
              ? translate(locale, 'notice.threadWroteMany', { requester, count })
              : text.trim() === '' && attachments.length > 0
                ? translate(locale, 'notice.threadAttached', { requester, count: attachments.length })
                : translate(locale, 'notice.threadWrote', { requester });
}
