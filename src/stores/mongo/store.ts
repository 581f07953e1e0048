/** The `Store` port on MongoDB: no transactions, change streams or validators, so that any deployment will do. */

import type { Profile, Store } from '../../app/ports/store.ts';
import type { Draft } from '../../domain/draft.ts';
import type { TicketEvent } from '../../domain/events.ts';
import type { PersonId, Ticket } from '../../domain/ticket.ts';
import { addressKey } from '../address-key.ts';
import { createAlerts } from './alerts.ts';
import { createCommits, SEQUENCE } from './commits.ts';
import { createCounters } from './counters.ts';
import { createCreatedEnds } from './created-ends.ts';
import { insertOnce, untilDone } from './faults.ts';
import { createFormDrafts } from './form-drafts.ts';
import type { Gate } from './gate.ts';
import { createOutbox } from './outbox.ts';
import { QUERIES, type Query } from './queries.ts';
import { type Collections, exact, ownerOf, profileFields, profileOf, recordId } from './records.ts';
import { createSavedSearches } from './saved-searches.ts';
import { createTicketSearch } from './ticket-search.ts';
import { createUpkeep } from './upkeep.ts';

/** @param close ends the connection, after the last operation */
export function createMongoStore(collections: Collections, gate: Gate, close: () => Promise<void>): Store {
  const { requests, profiles } = collections;
  const counters = createCounters(collections.counters);
  const ends = createCreatedEnds(collections.counters);
  const commits = createCommits(collections, counters, ends);
  const search = createTicketSearch(collections, ends);
  const outbox = createOutbox(collections);
  const formDrafts = createFormDrafts(collections);
  const searches = createSavedSearches(collections);
  const upkeep = createUpkeep(collections);
  const alerts = createAlerts(collections);
  const { pass } = gate;

  async function bodyOf<T>({ filter }: Query): Promise<T | undefined> {
    const record = await requests.findOne(filter, { projection: { body: 1 } });
    return record?.body === undefined ? undefined : (JSON.parse(record.body) as T);
  }

  async function pendingDraftOf(requester: PersonId): Promise<Draft | undefined> {
    const { filter, sort = {} } = QUERIES.pendingDraftsOf(exact(requester));
    for await (const { _id, body } of requests.find(filter, { sort, projection: { body: 1 } })) {
      const made = QUERIES.ticketOfDraft(exact(ownerOf(_id).id));
      if (!(await requests.findOne(made.filter, { projection: { _id: 1 } }))) return JSON.parse(body ?? '');
      // Noted where it is found, so that opening a ticket remains one write.
      await untilDone(() =>
        requests.updateOne(QUERIES.record(_id).filter, {
          $set: { pending: false },
          $unset: { unsentSince: 1 },
        }),
      );
    }
    return undefined;
  }

  async function saveProfile({ notices: _, ...profile }: Profile): Promise<void> {
    const _id = exact(profile.person);
    const fields = profileFields(profile);
    const save = () => untilDone(() => profiles.updateOne({ _id }, { $set: fields }));
    if ((await save()).matchedCount > 0) return;
    await insertOnce(() => profiles.insertOne({ _id, ...fields }));
    await save();
  }

  return {
    nextCounter: (day) => pass(() => counters.take(`day/${day}`, 1)),

    commitTicket: (commit) => pass(() => commits.ticket(commit)),
    commitDraft: (commit) => pass(() => commits.draft(commit)),
    enqueue: (owner, delivery) => pass(() => commits.enqueue(owner, delivery)),
    receipt: (key) => pass(() => commits.receipt(key)),

    ticket: (number) => pass(() => bodyOf<Ticket>(QUERIES.record(recordId({ kind: 'ticket', id: number })))),
    ticketOfDraft: (draft) => pass(() => bodyOf<Ticket>(QUERIES.ticketOfDraft(exact(draft)))),
    draft: (id) => pass(() => bodyOf<Draft>(QUERIES.record(recordId({ kind: 'draft', id })))),
    history: (number) =>
      pass(async () => {
        const { filter } = QUERIES.record(recordId({ kind: 'ticket', id: number }));
        const record = await requests.findOne(filter, { projection: { events: 1 } });
        return (record?.events ?? []).map((event) => JSON.parse(event) as TicketEvent);
      }),
    ticketsOf: (requester, limit) =>
      pass(async () => {
        if (limit < 1) return [];
        const { filter, sort = {} } = QUERIES.ticketsOf(exact(requester));
        const found = requests.find(filter, { sort, limit, projection: { body: 1 } });
        return (await found.toArray()).map(({ body }) => JSON.parse(body ?? '') as Ticket);
      }),
    pendingDraftOf: (requester) => pass(() => pendingDraftOf(requester)),
    find: (query, page) => pass(() => search.find(query, page)),
    count: (query, atMost) => pass(() => search.count(query, atMost)),
    countOpen: (visibleTo, whose) => pass(() => search.countOpen(visibleTo, whose)),
    due: (now, limit) =>
      pass(async () => {
        if (limit < 1) return [];
        const { filter, sort = {} } = QUERIES.due(now);
        const found = requests.find(filter, { sort, limit, projection: { _id: 1 } });
        return (await found.toArray()).map(({ _id }) => ownerOf(_id).id);
      }),

    backlog: () => pass(() => upkeep.backlog()),
    unsentDrafts: (until, limit) => pass(() => upkeep.unsentDrafts(until, limit)),
    dueMoments: (numbers) => pass(() => upkeep.dueMoments(numbers)),

    leaseDeliveries: (now, until, limit) => pass(() => outbox.lease(now, until, limit)),
    leaseOthers: (owner, now, until) => pass(() => outbox.leaseOthers(owner, now, until)),
    acknowledge: (delivery, post) => pass(() => outbox.acknowledge(delivery, post)),
    postpone: (delivery, notBefore, counts) => pass(() => outbox.postpone(delivery, notBefore, counts)),
    fail: (delivery, reason, at) => pass(() => outbox.fail(delivery, reason, at)),
    failedDeliveries: (limit) => pass(() => outbox.failed(limit)),
    retryFailed: (owner, key) =>
      pass(async () => outbox.retryFailed(owner, key, await counters.take(SEQUENCE, 1))),
    discardFailed: (owner, key) => pass(() => outbox.discardFailed(owner, key)),
    nextDeliveryAt: () => pass(() => outbox.nextAt()),
    posts: (owner) => pass(() => outbox.posts(owner)),
    keepPost: (owner, key, post) => pass(() => outbox.keepPost(owner, key, post)),
    cardsAt: (activity) => pass(() => outbox.cardsAt(activity)),
    deliveriesPending: (owner) => pass(() => outbox.pending(owner)),

    formDraft: (of, now) => pass(() => formDrafts.find(of, now)),
    keepFormDraft: (draft) => pass(() => formDrafts.keep(draft)),
    forgetFormDraft: (of) => pass(() => formDrafts.forget(of)),

    keepAlert: (id, at, params) => pass(() => alerts.keepAlert(id, at, params)),
    endAlert: (id, since) => pass(() => alerts.endAlert(id, since)),
    openAlerts: () => pass(() => alerts.openAlerts()),

    profile: (person) =>
      pass(async () => {
        const record = await profiles.findOne({ _id: exact(person) });
        return record === null ? undefined : profileOf(record);
      }),
    profileWithEmail: (email) =>
      pass(async () => {
        const filter = { email: exact(addressKey(email)) };
        const record = await profiles.findOne(filter, { sort: { _id: 1 } });
        return record === null ? undefined : profileOf(record);
      }),
    saveProfile: (profile) => pass(() => saveProfile(profile)),
    chooseNotices: (person, choice) =>
      pass(async () => {
        const set = { $set: { notices: JSON.stringify(choice) } };
        await untilDone(() => profiles.updateOne({ _id: exact(person) }, set));
      }),
    noticeChoices: (people) =>
      pass(async () => {
        if (people.length === 0) return new Map();
        const records = await profiles.find({ _id: { $in: people.map(exact) } }).toArray();
        return new Map(
          records.flatMap((record) => {
            const { person, notices } = profileOf(record);
            return notices ? [[person, notices] as const] : [];
          }),
        );
      }),

    savedSearches: (person) => pass(() => searches.of(person)),
    saveSearch: (person, search) => pass(() => searches.save(person, search)),
    deleteSearch: (person, name) => pass(() => searches.delete(person, name)),

    close: async () => {
      if (await gate.shut()) await close();
    },
  };
}
