/** A page of what somebody asks for, and the dashboard that counts it (W5, W6): the same query behind both. */

import type { Outgoing } from '../../cards/kit/card.ts';
import type { Notice } from '../../cards/kit/context.ts';
import {
  type BOARD_COUNTS,
  boardCard,
  LOCKED_BY_ME,
  BOARD_COUNTS as WHAT,
} from '../../cards/lists/board-view.ts';
import { COUNTED, listCard, PAGE_SIZE } from '../../cards/lists/list-view.ts';
import { searchOpener } from '../../cards/lists/search-form-view.ts';
import {
  type Asked,
  type AskedField,
  queryOf,
  queuesOf,
  scopeOf,
  visibilityOf,
  writeAsked,
} from '../../domain/asked.ts';
import { bulkActionsFor } from '../../domain/bulk.ts';
import { type Actor, isFirstLevel, isStaff } from '../../domain/rights.ts';
import type { Locale } from '../../domain/ticket.ts';
import type { TicketQuery } from '../../domain/ticket-query.ts';
import { translate } from '../../i18n/translate.ts';
import type { House } from '../house.ts';
import type { QueueCount, Whose } from '../ports/finding.ts';
import { contextFor } from '../showing/card-context.ts';
import { countOpenVisible, countVisible, findVisible } from './visible.ts';

/** Who looks, and in which language. */
export type Looking = { readonly actor: Actor & { readonly kind: 'person' }; readonly locale: Locale };

export type PageShown = {
  /** Cursors that lead to the page. */
  readonly trail?: readonly string[];
  readonly notice?: Notice;
};

/** What is not understood of what is asked for, by field, in the reader's language; undefined where all is. */
export function problemsIn(
  house: House,
  { actor, locale }: Looking,
  asked: Asked,
): Readonly<Partial<Record<AskedField, string>>> | undefined {
  const understood = queryOf(asked, { actor, desk: house.desk, now: house.clock.now() });
  if (understood.ok) return undefined;
  return Object.fromEntries(
    Object.entries(understood.errors).map(([field, problem]) => [
      field,
      translate(locale, `search.problem.${problem}`),
    ]),
  );
}

/** The list, or what is wrong with what is asked for. */
export async function showList(
  house: House,
  looking: Looking,
  asked: Asked,
  { trail = [], ...shown }: PageShown = {},
): Promise<Outgoing> {
  const { actor, locale } = looking;
  const scope = scopeOf(asked, actor);
  const understood = queryOf(asked, { actor, desk: house.desk, now: house.clock.now() });
  const context = contextFor(house, locale);
  if (!understood.ok) return searchOpener(asked, locale, problemsIn(house, looking, asked));
  const { query } = understood;
  const after = trail.at(-1);
  const [page, count, saved] = await Promise.all([
    findVisible(house, actor, query, { limit: PAGE_SIZE, ...(after === undefined ? {} : { after }) }),
    countVisible(house, actor, query, COUNTED),
    house.store.savedSearches(actor.id),
  ]);
  const line = writeAsked(asked);
  const kept = saved.find((one) => one.asked === line)?.name;
  return listCard(
    {
      asked,
      scope,
      tickets: page.tickets,
      count,
      trail,
      ...(page.next === undefined || trail.length >= FARTHEST ? {} : { next: page.next }),
      ...(kept === undefined ? {} : { kept }),
      selectable: scope !== 'requested' && bulkActionsFor(page.tickets, actor).length > 0,
      csv: house.links.toList({ asked: line, person: actor.id, locale }),
      ...shown,
    },
    context,
  );
}

/** Who has not found it by then narrows the search, or takes it all as a file. */
const FARTHEST = 25;

/** The dashboard, or the list of their own requests for whoever has nothing else to see. */
export async function showBoard(house: House, looking: Looking, asked: Asked): Promise<Outgoing> {
  const { actor, locale } = looking;
  const { desk, store } = house;
  if (!isStaff(actor)) return showList(house, looking, { scope: 'requested' });
  const known = scopeOf({ scope: asked.scope ?? 'queues' }, actor);
  const scope = known === 'requested' ? 'queues' : known;
  const now = house.clock.now();
  const queryFor = (about: Asked): TicketQuery | undefined => {
    const understood = queryOf({ scope, ...about }, { actor, desk, now });
    return understood.ok ? understood.query : undefined;
  };
  const count = async (about: Asked) => {
    const query = queryFor(about);
    return query ? countVisible(house, actor, query, COUNTED) : 0;
  };
  const [open, saved, locked, ...others] = await Promise.all([
    countOpen(house, actor, scope),
    store.savedSearches(actor.id),
    count(LOCKED_BY_ME),
    ...Object.values(WHAT).map(count),
  ]);
  const names = Object.keys(WHAT) as (keyof typeof BOARD_COUNTS)[];
  const counted = Object.fromEntries(names.map((name, index) => [name, others[index] ?? 0]));
  const counts = { locked, ...counted } as Record<keyof typeof BOARD_COUNTS | 'locked', number>;
  return boardCard(
    {
      scope,
      open,
      counts,
      saved,
      agent: actor.agentOf.length > 0,
      takesCalls: isFirstLevel(actor, desk),
    },
    contextFor(house, locale),
  );
}

/** All states of all queues in one look at the store. */
async function countOpen(
  house: House,
  actor: Looking['actor'],
  scope: ReturnType<typeof scopeOf>,
): Promise<readonly QueueCount[]> {
  const whose: Whose =
    scope === 'mine' ? { owner: actor.id } : scope === 'responsible' ? { responsible: actor.id } : {};
  const visibleTo = { ...visibilityOf(actor), internally: true } as const;
  const open = await countOpenVisible(house, actor, { visibleTo, ...whose });
  const own = queuesOf(actor);
  return scope === 'queues' ? open.filter(({ queue }) => own.includes(queue)) : open;
}
