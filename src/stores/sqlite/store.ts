/** The `Store` port on SQLite. Writes go through the group commit, reads run at once and see all that was committed. */

import type { DatabaseSync } from 'node:sqlite';
import type { Profile, Store } from '../../app/ports/store.ts';
import type { Draft } from '../../domain/draft.ts';
import type { TicketEvent } from '../../domain/events.ts';
import { FORM_DRAFT_LIFE_MS, type FormDraft } from '../../domain/form-draft.ts';
import type { Ticket } from '../../domain/ticket.ts';
import { addressKey } from '../address-key.ts';
import { createCommits, whole } from './commits.ts';
import { createGroupCommit } from './group-commit.ts';
import { createLooseFiles, type LooseFiles } from './loose-files.ts';
import { createOutbox } from './outbox.ts';
import { prepareStatements } from './statements.ts';
import { createTicketSearch } from './ticket-search.ts';
import { createUpkeep } from './upkeep.ts';

export type SqliteStore = { readonly store: Store; readonly loose: LooseFiles };

/** @param database from `openDatabase`; the store closes it */
export function createSqliteStore(database: DatabaseSync): SqliteStore {
  const sql = prepareStatements(database);
  const commits = createCommits(database, sql);
  const outbox = createOutbox(sql);
  const search = createTicketSearch(database);
  const group = createGroupCommit(database, commits);
  let closed = false;

  // Every method is async, so that a fault is a rejected promise wherever it happens.
  async function write<T>(operation: () => T): Promise<T> {
    if (closed) throw new Error('The store is closed');
    return group.submit(operation);
  }

  const store: Store = {
    nextCounter: (day) => write(() => Number(sql.nextCounter.get(day)?.value)),

    commitTicket: async (commit) => write(commits.ticket(commit)),
    commitDraft: async (commit) => write(commits.draft(commit)),
    enqueue: async (owner, delivery) => write(commits.enqueue(owner, delivery)),
    receipt: async (key) => {
      const row = sql.receipt.get(key);
      return row && { key, at: Number(row.at), outcome: JSON.parse(String(row.outcome)) };
    },

    ticket: async (number) => body<Ticket>(sql.ticket.get(number)),
    ticketOfDraft: async (draft) => body<Ticket>(sql.ticketOfDraft.get(draft)),
    history: async (number) => bodies<TicketEvent>(sql.history.all(number)),
    draft: async (id) => body<Draft>(sql.draft.get(id)),
    ticketsOf: async (requester, limit) => bodies<Ticket>(sql.ticketsOf.all(requester, limit)),
    pendingDraftOf: async (requester) => body<Draft>(sql.pendingDraftOf.get(requester)),
    find: async (query, page) => search.find(query, page),
    count: async (query, atMost) => search.count(query, atMost),
    countOpen: async (visibleTo, whose) => search.countOpen(visibleTo, whose),
    ...createUpkeep(sql),
    due: async (now, limit) => sql.due.all(now, limit).map((row) => String(row.number)),

    leaseDeliveries: (now, until, limit) => write(() => outbox.lease(now, until, limit)),
    leaseOthers: (owner, now, until) => write(() => outbox.leaseOthers(owner, now, until)),
    acknowledge: (delivery, post) => write(() => outbox.acknowledge(delivery, post)),
    postpone: (delivery, notBefore, counts) => write(() => outbox.postpone(delivery, notBefore, counts)),
    fail: (delivery, reason, at) => write(() => outbox.fail(delivery, reason, at)),
    failedDeliveries: async (limit) => outbox.failed(limit),
    retryFailed: (owner, key) => write(() => outbox.retryFailed(owner, key)),
    discardFailed: (owner, key) => write(() => outbox.discardFailed(owner, key)),
    nextDeliveryAt: async () => outbox.nextAt(),
    posts: async (owner) => outbox.posts(owner),
    keepPost: ({ kind, id }, key, { conversation, activity }) =>
      write(() => {
        sql.savePost.run(kind, id, key, conversation, activity);
      }),
    cardsAt: async (activity) => outbox.cardsAt(activity),
    deliveriesPending: async (owner) => outbox.pending(owner),

    formDraft: async ({ person, ticket, form }, now) =>
      body<FormDraft>(sql.formDraft.get(person, ticket, form, now - FORM_DRAFT_LIFE_MS)),
    keepFormDraft: async (draft) => {
      const { person, ticket, form, at } = draft;
      const text = JSON.stringify(draft);
      await write(() => {
        sql.keepFormDraft.run(person, ticket, form, at, text);
        sql.pruneFormDrafts.run(at - FORM_DRAFT_LIFE_MS);
      });
    },
    forgetFormDraft: async ({ person, ticket, form }) => {
      await write(() => {
        sql.forgetFormDraft.run(person, ticket, form);
      });
    },

    keepAlert: (id, at, params) =>
      write(() => {
        const kept = sql.keepAlert.get(id, whole(at), JSON.stringify(params));
        return { id, since: Number(kept?.since), seenAt: Number(kept?.seen_at), params };
      }),
    endAlert: (id, since) => write(() => sql.endAlert.run(id, since).changes > 0),
    openAlerts: async () =>
      sql.openAlerts.all().map(({ id, since, seen_at, params }) => ({
        id: String(id),
        since: Number(since),
        seenAt: Number(seen_at),
        params: JSON.parse(String(params)),
      })),

    profile: async (person) => body<Profile>(sql.profile.get(person)),
    profileWithEmail: async (email) => body<Profile>(sql.profileWithEmail.get(addressKey(email))),
    saveProfile: async ({ notices: _, ...profile }) => {
      const text = JSON.stringify(profile);
      await write(() => {
        sql.saveProfile.run(profile.person, text);
      });
    },

    chooseNotices: (person, choice) =>
      write(() => {
        sql.chooseNotices.run(JSON.stringify(choice), person);
      }),
    noticeChoices: async (people) =>
      new Map(
        people.flatMap((person) => {
          const { notices } = body<Profile>(sql.profile.get(person)) ?? {};
          return notices ? [[person, notices] as const] : [];
        }),
      ),

    savedSearches: async (person) =>
      sql.savedSearches.all(person).map(({ name, asked }) => ({ name: String(name), asked: String(asked) })),
    saveSearch: (person, { name, asked }) =>
      write(() => {
        sql.saveSearch.run(person, name, asked);
      }),
    deleteSearch: (person, name) =>
      write(() => {
        sql.deleteSearch.run(person, name);
      }),

    close: async () => {
      if (closed) return;
      closed = true;
      group.flush();
      database.close();
    },
  };
  return { store, loose: createLooseFiles(sql, write) };
}

type Row = Readonly<Record<string, unknown>>;

function body<T>(row: Row | undefined): T | undefined {
  return row && (JSON.parse(String(row.body)) as T);
}

function bodies<T>(rows: readonly Row[]): T[] {
  return rows.map((row) => JSON.parse(String(row.body)) as T);
}
