/** The dashboard in the personal chat (W5): what waits for this person, as numbers that lead to the lists they count. */

import { type Asked, SCOPES, type Scope, STATE_GROUPS, writeAsked } from '../../domain/asked.ts';
import type { QueueId, StateKind } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import { type Button, button, dialogButton, type SubmitButton } from '../kit/buttons.ts';
import type { Outgoing } from '../kit/card.ts';
import {
  type CardContext,
  type Color,
  type Line,
  type Maybe,
  maybe,
  nameOf,
  queueName,
  said,
} from '../kit/context.ts';
import { cardTemplate, compose } from '../kit/render.ts';
import { dotted, run, type TextLine, type TextRun, textLink } from '../kit/text-links.ts';
import { scopeWords } from './asked-words.ts';

/** The sections that the dashboard has; one’s own requests have a list of their own. */
export const BOARD_SCOPES = SCOPES.filter((scope) => scope !== 'requested');

/** What is counted beside states, and what it asks for. */
export const BOARD_COUNTS = {
  reminder: { due: 'reminder' },
  escalated: { due: 'escalated' },
  created: { week: 'created' },
  closed: { week: 'closed' },
} as const satisfies Readonly<Record<string, Asked>>;
/** Locked by whoever looks, in whatever section. */
export const LOCKED_BY_ME: Asked = { scope: 'mine', lock: 'yes' };

export type BoardInput = {
  readonly scope: Scope;
  /** Open tickets of the section by queue and state. */
  readonly open: readonly { readonly queue: QueueId; readonly state: StateKind; readonly count: number }[];
  readonly counts: Readonly<Record<keyof typeof BOARD_COUNTS | 'locked', number>>;
  /** Works some queue, and so may choose what to be told of. */
  readonly agent: boolean;
  /** Opens requests by phone (I14). */
  readonly takesCalls?: boolean;
  /** Names of the kept searches, with what they ask for. */
  readonly saved: readonly { readonly name: string; readonly asked: string }[];
};

type Column = {
  readonly type: 'Column';
  readonly width: 'stretch' | '56px';
  readonly items: readonly unknown[];
  readonly selectAction?: Button;
};

/** Data of `board.template.json`. */
export type BoardData = {
  readonly fallbackText: string;
  readonly title: string;
  readonly asOf: string;
  readonly tabs: readonly TextRun[];
  readonly tiles: readonly { readonly columns: readonly Column[] }[];
  readonly week: Maybe<TextLine>;
  readonly queues: Maybe<Line>;
  readonly rows: readonly { readonly columns: readonly Column[] }[];
  readonly saved: Maybe<TextLine>;
  readonly buttons: readonly (Button | SubmitButton)[];
};

export const boardTemplate = cardTemplate<BoardData>(import.meta.dirname, 'board');

/** Queues that have a line of their own; the rest share one, so that the card stays on the screen. */
const QUEUES_SHOWN = 6;
const SAVED_SHOWN = 5;

export function boardCard(input: BoardInput, context: CardContext): Outgoing {
  const data = boardView(input, context);
  return { card: compose(boardTemplate, data), summary: data.fallbackText };
}

export function boardView(input: BoardInput, context: CardContext): BoardData {
  const { scope, open, counts, saved } = input;
  const { locale, now } = context;
  const total = (states: readonly StateKind[]) =>
    open.reduce((sum, { state, count }) => (states.includes(state) ? sum + count : sum), 0);
  const title = translate(locale, 'board.title');
  const tile = (label: Parameters<typeof tileOf>[0], count: number, asked: Asked, color?: Color) =>
    tileOf(label, count, asked, context, color);
  const rows = queueRows(input, context);
  return {
    fallbackText: `${title} · ${scopeWords(scope, context)}`,
    title,
    asOf: `\u2002${said(context, now)}`,
    tabs: dotted(
      BOARD_SCOPES.map((one) =>
        one === scope
          ? run(scopeWords(one, context), { weight: 'Bolder' })
          : textLink(button(scopeWords(one, context), 'board', { list: writeAsked({ scope: one }) })),
      ),
    ),
    tiles: [
      {
        columns: [
          tile('new', total(['new']), { scope, state: 'new' }, 'Accent'),
          tile('working', total(STATE_GROUPS.working), { scope, state: 'working' }),
          tile('waiting', total(STATE_GROUPS.waiting), { scope, state: 'waiting' }),
        ],
      },
      {
        columns: [
          tile('reminder', counts.reminder, { scope, ...BOARD_COUNTS.reminder }, 'Warning'),
          tile('escalated', counts.escalated, { scope, ...BOARD_COUNTS.escalated }, 'Attention'),
          tile('locked', counts.locked, LOCKED_BY_ME),
        ],
      },
    ],
    week: [
      {
        inlines: [
          run(`${translate(locale, 'board.week')} `, { size: 'Small', isSubtle: true }),
          ...dotted(
            (['created', 'closed'] as const).map((week) =>
              link(
                translate(locale, `board.${week}`, { count: counts[week] }),
                counts[week],
                { scope, week },
                { size: 'Small' },
              ),
            ),
          ),
        ],
      },
    ],
    queues: maybe(rows.length === 0 ? '' : translate(locale, 'board.queues')),
    rows: rows.length === 0 ? [] : [heading(context), ...rows],
    saved: savedLine(saved, context),
    buttons: [
      button(translate(locale, 'action.refreshBoard'), 'board', { list: writeAsked({ scope }) }),
      dialogButton(
        translate(locale, 'action.searchForm'),
        'searchForm',
        { list: writeAsked({ scope }) },
        'primary',
      ),
      button(translate(locale, 'action.myRequests'), 'list', { list: writeAsked({ scope: 'requested' }) }),
      ...(input.takesCalls
        ? [dialogButton(translate(locale, 'action.phoneRequest'), 'phoneRequest', { list: '' }, 'primary')]
        : []),
      ...(input.agent
        ? [button(translate(locale, 'action.noticeChoice'), 'noticeChoice', { list: '' })]
        : []),
    ],
  };
}

function opens(title: string, asked: Asked): Button {
  return button(title, 'list', { list: writeAsked(asked) }, { inputs: 'none' });
}

/** A number of none leads nowhere. */
function link(title: string, count: number, asked: Asked, look: { readonly size?: 'Small' } = {}): TextRun {
  return count === 0 ? run(title, { ...look, isSubtle: true }) : textLink(opens(title, asked), look);
}

function tileOf(
  label: 'new' | 'working' | 'waiting' | 'reminder' | 'escalated' | 'locked',
  count: number,
  asked: Asked,
  { locale }: CardContext,
  color: Color = 'Default',
): Column {
  const words = translate(locale, `board.${label}`);
  const text = (inline: object) => ({
    type: 'RichTextBlock',
    spacing: 'None',
    horizontalAlignment: 'Center',
    inlines: [{ type: 'TextRun', ...inline }],
  });
  return {
    type: 'Column',
    width: 'stretch',
    items: [
      text({
        text: String(count),
        size: 'ExtraLarge',
        ...(count === 0 ? { isSubtle: true } : { color, weight: 'Bolder' }),
      }),
      text({ text: words, size: 'Small', ...(count === 0 ? { isSubtle: true } : {}) }),
    ],
    ...(count === 0 ? {} : { selectAction: opens(`${words}: ${count}`, asked) }),
  };
}

const CELLS = ['new', 'working', 'waiting'] as const;

function heading({ locale }: CardContext): BoardData['rows'][number] {
  return {
    columns: [
      nameColumn(run('\u00a0', { size: 'Small' })),
      ...CELLS.map((cell) =>
        cellColumn(run(translate(locale, `board.${cell}`), { size: 'Small', isSubtle: true })),
      ),
    ],
  };
}

/** What its text does, the whole column does. */
function column(inline: TextRun, look: { readonly width: Column['width']; readonly align: string }): Column {
  const { selectAction } = inline;
  return {
    type: 'Column',
    width: look.width,
    items: [{ type: 'RichTextBlock', horizontalAlignment: look.align, inlines: [inline] }],
    ...(selectAction?.type === 'Action.Execute' ? { selectAction } : {}),
  };
}

function nameColumn(inline: TextRun): Column {
  return column(inline, { width: 'stretch', align: 'Left' });
}

function cellColumn(inline: TextRun): Column {
  return column(inline, { width: '56px', align: 'Right' });
}

function queueRows({ open, scope }: BoardInput, context: CardContext): BoardData['rows'] {
  const sums = new Map<QueueId, number>();
  for (const { queue, count } of open) sums.set(queue, (sums.get(queue) ?? 0) + count);
  const byCount = [...sums]
    .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
    .map(([queue]) => queue);
  const alone = byCount.length <= QUEUES_SHOWN ? byCount : byCount.slice(0, QUEUES_SHOWN - 1);
  const rest = byCount.slice(alone.length);
  const line = (name: string, queues: readonly QueueId[]): BoardData['rows'][number] => {
    const sum = queues.reduce((all, queue) => all + (sums.get(queue) ?? 0), 0);
    const queue = queues.join(',');
    return {
      columns: [
        nameColumn(link(name, sum, { scope, state: 'anyOpen', queue })),
        ...CELLS.map((cell) => {
          const states: readonly StateKind[] = cell === 'new' ? ['new'] : STATE_GROUPS[cell];
          const count = open.reduce(
            (all, one) => (queues.includes(one.queue) && states.includes(one.state) ? all + one.count : all),
            0,
          );
          return cellColumn(link(String(count), count, { scope, state: cell, queue }));
        }),
      ],
    };
  };
  return [
    ...alone.map((queue) => line(queueName(context.desk, queue), [queue])),
    ...(rest.length === 0
      ? []
      : [line(translate(context.locale, 'board.otherQueues', { count: rest.length }), rest)]),
  ];
}

function savedLine(saved: BoardInput['saved'], { locale }: CardContext): Maybe<TextLine> {
  if (saved.length === 0) return [];
  const shown = saved.slice(0, SAVED_SHOWN);
  return [
    {
      inlines: [
        run(`${translate(locale, 'board.saved')} `, { size: 'Small', isSubtle: true }),
        ...dotted(
          shown.map(({ name, asked }) =>
            textLink(button(nameOf(name), 'list', { list: asked }, { inputs: 'none' }), { size: 'Small' }),
          ),
        ),
        ...(saved.length > shown.length
          ? [
              run('\u2002·\u2002', { size: 'Small' }),
              textLink(button(translate(locale, 'action.allSearches'), 'searches', { list: '' }), {
                size: 'Small',
              }),
            ]
          : []),
      ],
    },
  ];
}
