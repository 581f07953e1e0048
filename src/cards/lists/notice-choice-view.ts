/** The form on which agents choose what to be told of in person (N1). */

import { NOTICE_KINDS, type NoticeChoice, UNTIL_CHOSEN } from '../../domain/notice-choice.ts';
import type { QueueId } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import { button } from '../kit/buttons.ts';
import type { Outgoing } from '../kit/card.ts';
import { type CardContext, maybe, type Notice, noticeData, queueName } from '../kit/context.ts';
import { choicesField } from '../kit/fields.ts';
import { compose } from '../kit/render.ts';
import { type ListData, listTemplate } from './list-view.ts';

export type NoticeChoiceInput = {
  /** The queues that this person works. */
  readonly queues: readonly QueueId[];
  /** Absent until they have chosen. */
  readonly choice?: NoticeChoice;
  readonly notice?: Notice;
};

export function noticeChoiceCard(
  { queues, choice, notice }: NoticeChoiceInput,
  context: CardContext,
): Outgoing {
  const { desk, locale } = context;
  const title = translate(locale, 'noticeChoice.title');
  const field = (id: 'queues' | 'kinds', value: readonly string[], choices: readonly [string, string][]) =>
    choicesField({
      id,
      label: translate(locale, `noticeChoice.${id}`),
      placeholder: translate(locale, `noticeChoice.${id}`),
      value: value.join(','),
      choices: choices.map(([one, words]) => ({ title: words, value: one })),
    });
  const data: ListData = {
    fallbackText: title,
    notice: noticeData(notice),
    title: maybe(title),
    subtitle: maybe(translate(locale, 'noticeChoice.text')),
    rows: [],
    buttons: [
      button(translate(locale, 'action.saveMark'), 'chooseNotices', { list: '' }, { style: 'positive' }),
      button(translate(locale, 'action.board'), 'board', { list: '' }, { inputs: 'none' }),
    ],
  };
  const fields = [
    field(
      'queues',
      choice?.queues ?? queues,
      queues.map((queue) => [queue, queueName(desk, queue)]),
    ),
    field(
      'kinds',
      choice?.kinds ?? UNTIL_CHOSEN,
      NOTICE_KINDS.map((kind) => [kind, translate(locale, `noticeChoice.${kind}`)]),
    ),
  ];
  return { card: compose(listTemplate, data, { form: { separator: false, fields } }), summary: title };
}
