/** Messages that did not arrive, a page of them: each can be sent again or given up (N3). */

import type { AlertCause } from '../../domain/alert-causes.ts';
import type { DeliveryKind } from '../../domain/delivery-kind.ts';
import type { Instant } from '../../domain/ticket.ts';
import { type TextKey, translate } from '../../i18n/translate.ts';
import { type Button, button } from '../kit/buttons.ts';
import type { Outgoing } from '../kit/card.ts';
import { type CardContext, maybe, type Notice, nameOf, noticeData, said } from '../kit/context.ts';
import { extract, oneLine } from '../kit/escape.ts';
import { compose } from '../kit/render.ts';
import { run } from '../kit/text-links.ts';
import { causeWords } from '../notices/alert-view.ts';
import { type ListRow, listRow } from './list-rows.ts';
import { type ListData, listTemplate } from './list-view.ts';

/** What fits onto a screen. */
export const PAGE_SIZE = 8;
const REASON_SHOWN = 120;

export type FailureRow = {
  /** Kind and id of what it speaks of, and its key: together the name of the delivery. */
  readonly owner: string;
  readonly delivery: string;
  readonly kind: DeliveryKind;
  readonly who: string;
  readonly reason: string;
  readonly at: Instant;
  /** Number of the ticket that it speaks of, where it is one. */
  readonly ticket?: string;
};

export type FailuresInput = {
  /** Id of the alert that they belong to; empty for all. */
  readonly alert: string;
  readonly about?: { readonly cause: AlertCause; readonly who: string };
  readonly rows: readonly FailureRow[];
  /** How many come before this page. */
  readonly first: number;
  readonly count: number;
  /** There are more than were counted. */
  readonly more: boolean;
  readonly notice?: Notice;
};

export function failuresCard(input: FailuresInput, context: CardContext): Outgoing {
  const { locale } = context;
  const { alert, about, rows, first, count, more, notice } = input;
  const title = translate(locale, 'failures.title');
  const range =
    count === 0
      ? translate(locale, 'failures.none')
      : count <= PAGE_SIZE
        ? translate(locale, 'failures.count', { count })
        : translate(locale, 'list.range', {
            from: first + 1,
            to: first + rows.length,
            count,
            more: more ? '+' : '',
          });
  const data: ListData = {
    fallbackText: oneLine(`${title}: ${range}`),
    notice: noticeData(notice),
    title: maybe(count === 0 ? title : `${title} · ${range}`),
    subtitle: maybe(count === 0 ? range : about ? causeWords(context, about) : ''),
    rows: rows.map((row) => rowOf(row, input, context)),
    buttons: [
      ...(count > 1
        ? [
            button(
              translate(locale, 'action.retryDeliveries', { count }),
              'retryDeliveries',
              { list: alert },
              {
                inputs: 'none',
              },
            ),
          ]
        : []),
      ...pageButtons(input, context),
    ],
  };
  return { card: compose(listTemplate, data), summary: data.fallbackText };
}

function rowOf(row: FailureRow, input: FailuresInput, context: CardContext): ListRow {
  const { locale } = context;
  const about = { list: input.alert, ...pageOf(input.first) };
  const chooses = { owner: row.owner, delivery: row.delivery };
  const facts = [said(context, row.at), oneLine(extract(row.reason, REASON_SHOWN))];
  const pressed = (title: TextKey, verb: 'retryDelivery' | 'discardDelivery') =>
    button(translate(locale, title), verb, about, { chooses, inputs: 'none' });
  return listRow({
    subject: [
      run(`${nameOf(row.who)} · `, { weight: 'Bolder' }),
      run(translate(locale, `delivery.${row.kind}`)),
      ...(row.ticket === undefined ? [] : [run(` · ${row.ticket}`)]),
    ],
    details: [run(facts.join(' · '), { size: 'Small', isSubtle: true })],
    buttons: [
      pressed('action.retryDelivery', 'retryDelivery'),
      pressed('action.discardDelivery', 'discardDelivery'),
    ],
  });
}

function pageOf(first: number): { readonly page?: string } {
  return first === 0 ? {} : { page: String(first) };
}

function pageButtons({ alert, first, count }: FailuresInput, { locale }: CardContext): Button[] {
  const to = (title: 'action.back' | 'action.next', from: number) =>
    button(translate(locale, title), 'failures', { list: alert, ...pageOf(from) }, { inputs: 'none' });
  return [
    ...(first > 0 ? [to('action.back', Math.max(first - PAGE_SIZE, 0))] : []),
    ...(first + PAGE_SIZE < count ? [to('action.next', first + PAGE_SIZE)] : []),
  ];
}
