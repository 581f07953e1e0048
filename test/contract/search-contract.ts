/** Promises about finding and counting tickets (W5, W6). */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Store } from '../../src/app/ports/store.ts';
import type { Ticket, TicketState } from '../../src/domain/ticket.ts';
import type { TicketQuery } from '../../src/domain/ticket-query.ts';
import { PERSON, personRef } from '../support/desk.ts';
import { aTicket, change, MORNING, opening, ticketNumber } from '../support/tickets.ts';
import { type NewBackend, withStore } from './backend.ts';

const HOUR = 3_600_000;

async function write(store: Store, tickets: readonly Ticket[]): Promise<void> {
  for (const [index, ticket] of tickets.entries())
    assert.deepEqual(await store.commitTicket(opening(index, { ticket })), { kind: 'committed' });
}

/** The counters of the tickets found, as `ticketNumber` has them. */
async function found(store: Store, query: TicketQuery): Promise<number[]> {
  const { tickets } = await store.find(query, { limit: 100 });
  assert.equal(await store.count(query, 100), tickets.length, 'as many are counted as found');
  return tickets.map(({ number }) => Number(number.slice(10, 15)));
}

function withText(
  text: string,
  name = 'foto.png',
  kind: 'request' | 'note' = 'request',
): Pick<Ticket, 'articles'> {
  const attachments = [{ id: 'a'.repeat(64), name, contentType: 'image/png', size: 1 }];
  return { articles: [{ id: 1, kind, at: MORNING, by: personRef('maria'), text, attachments }] };
}

export function searchContract(newBackend: NewBackend): void {
  test('W6 every word of the text must begin a word of the ticket, accents and case aside', () =>
    withStore(newBackend, async ({ store }) => {
      await write(store, [
        aTicket(1, {
          subject: 'Fattura elettronica scartata',
          ...withText('Perché? Così l’ufficio è fermo'),
        }),
        aTicket(2, { subject: 'Stampante', ...withText('Ｆａｔｔｕｒａ in coda, 50 ﬁle') }),
        aTicket(3, { subject: 'Mandati', ...withText('Rifatturare non serve 👩🏽‍💻') }),
      ]);
      const text = (words: string) => found(store, { text: words });
      assert.deepEqual(await text('fattura'), [2, 1]);
      assert.deepEqual(await text('FATTÙ'), [2, 1]);
      assert.deepEqual(await text('fatt scart'), [1]);
      assert.deepEqual(await text('perche'), [1]);
      assert.deepEqual(await text('l’ufficio'), [1]);
      assert.deepEqual(await text('file'), [2]);
      assert.deepEqual(await text('attura'), []);
      assert.deepEqual(await text('fattura mandati'), []);
      assert.deepEqual(await text('fattura OR stampante'), []);
      assert.deepEqual(await text(' 👩🏽‍💻 "* '), [3, 2, 1]);
    }));

  test('W6 words are found in subject, articles, attachments, number, answers, requester and contact', () =>
    withStore(newBackend, async ({ store }) => {
      const contact = { name: 'Ada Neri', phone: '0371 555', email: 'ada@ente.example', availability: [] };
      const fields = { order: 'Mandato 77/B' };
      const requester = { id: PERSON.luca, name: 'Ginevra Blu' };
      await write(store, [
        aTicket(1, { contact, fields, requester, subject: 'Rosso', ...withText('Verde', 'scansione_1.PDF') }),
        aTicket(2, withText('Giallo', 'rosso.pdf')),
      ]);
      const words = [
        'rosso',
        'verde',
        'scansione',
        '1',
        'ada',
        '0371',
        '555',
        'ente',
        '77',
        'mandato',
        'ginevra',
      ];
      for (const word of [...words, ticketNumber(1)])
        assert.ok((await found(store, { text: word })).includes(1), word);
      assert.deepEqual(await found(store, { title: 'rosso' }), [1]);
      assert.deepEqual(await found(store, { attachmentName: 'rosso' }), [2]);
      assert.deepEqual(await found(store, { articleText: 'verde' }), [1]);
      assert.deepEqual(await found(store, { articleText: 'rosso' }), []);
      assert.deepEqual(await found(store, { title: 'ros', attachmentName: 'pdf' }), [1]);
    }));

  test('W7 who may not read notes does not find tickets by them', () =>
    withStore(newBackend, async ({ store }) => {
      await write(store, [
        aTicket(1, withText('parolone', 'segreto.pdf', 'note')),
        aTicket(2, withText('parola')),
      ]);
      assert.deepEqual(await found(store, { text: 'parol' }), [2, 1]);
      assert.deepEqual(await found(store, { text: 'parol', readableOnly: true }), [2]);
      assert.deepEqual(await found(store, { articleText: 'parol', readableOnly: true }), [2]);
      assert.deepEqual(await found(store, { attachmentName: 'segreto' }), [1]);
      assert.deepEqual(await found(store, { attachmentName: 'segreto', readableOnly: true }), []);
    }));

  test('W6 of very long words the beginning counts, whatever they are made of', () =>
    withStore(newBackend, async ({ store }) => {
      await write(store, [
        aTicket(1, withText('è'.repeat(100_000))),
        aTicket(2, withText('𝔘𐐀'.repeat(3_000))),
      ]);
      assert.deepEqual(await found(store, { text: 'e'.repeat(50_000) }), [1]);
      assert.deepEqual(await found(store, { text: 'u𐐀u' }), [2]);
      assert.deepEqual(await found(store, { text: '𐐀'.repeat(5) }), []);
    }));

  test('W6 a number is found whole, without its date, and with * for any digits', () =>
    withStore(newBackend, async ({ store }) => {
      const numbers = ['2019031942000015', '2026110510051554', '2026110610051557', '20261106101005155'];
      await write(
        store,
        numbers.map((number, n) => aTicket(n, { number })),
      );
      const number = async (pattern: string) => {
        const { tickets } = await store.find({ number: pattern });
        assert.equal(await store.count({ number: pattern }, 100), tickets.length);
        return tickets.map((ticket) => numbers.indexOf(ticket.number));
      };
      assert.deepEqual(await number('2026110510051554'), [1]);
      assert.deepEqual(await number(' Ticket#2026 1105 10051554'), [1]);
      assert.deepEqual(await number('10*5155'), [3]);
      assert.deepEqual(await number('10*515*'), [3, 2, 1]);
      assert.deepEqual(await number('20261106*'), [3, 2]);
      assert.deepEqual(await number('2019*15'), [0]);
      assert.deepEqual(await number('*5155*7'), [2]);
      assert.deepEqual(await number('*'), [3, 2, 1, 0]);
      for (const none of ['', 'abc', '2026', '5155', '1*1*1*1*1*1']) assert.deepEqual(await number(none), []);
    }));

  test('W6 attributes are combined, each with a list of which one must hold', () =>
    withStore(newBackend, async ({ store }) => {
      const closed: TicketState = { kind: 'closedSuccessfully', at: MORNING + 5 * HOUR };
      await write(store, [
        aTicket(1, { priority: 5, type: 'other', service: 'payroll', organisation: 'unione' }),
        aTicket(2, { state: closed, queue: 'taxes', requester: personRef('luca') }),
        aTicket(3, {
          state: { kind: 'inProgress' },
          locked: true,
          owner: personRef('anna'),
          changedAt: MORNING + HOUR,
        }),
        aTicket(4, { state: { kind: 'waitingReminder', until: MORNING + HOUR, setBy: PERSON.anna } }),
        aTicket(5, { createdAt: MORNING + 2 * HOUR, createdIn: 'raw', responsible: personRef('carla') }),
      ]);
      const cases: readonly (readonly [query: TicketQuery, found: number[]])[] = [
        [{}, [5, 4, 3, 2, 1]],
        [{ states: ['new'] }, [5, 1]],
        [{ states: ['new', 'inProgress'] }, [5, 3, 1]],
        [{ states: [] }, []],
        [{ open: true }, [5, 4, 3, 1]],
        [{ open: false }, [2]],
        [{ open: true, states: ['closedSuccessfully'] }, []],
        [{ priorities: [5, 4] }, [1]],
        [{ locked: true }, [3]],
        [{ locked: false, queues: ['finance'] }, [5, 4, 1]],
        [{ queues: ['taxes', 'systems'] }, [2]],
        [{ createdInQueues: ['raw'] }, [5]],
        [{ types: ['other'] }, [1]],
        [{ services: ['payroll'] }, [1]],
        [{ organisations: ['unione', 'nobody'] }, [1]],
        [{ owner: PERSON.anna }, [3]],
        [{ responsible: PERSON.carla }, [5]],
        [{ requester: PERSON.luca }, [2]],
        [{ created: { from: MORNING + 1 } }, [5]],
        [{ created: { from: MORNING, before: MORNING + 2 * HOUR } }, [4, 3, 2, 1]],
        [{ changed: { from: MORNING + 1 } }, [3]],
        [{ closed: { from: MORNING + 5 * HOUR, before: MORNING + 6 * HOUR } }, [2]],
        [{ closed: { before: MORNING + 5 * HOUR } }, []],
        [{ reminderBefore: MORNING + HOUR }, []],
        [{ reminderBefore: MORNING + HOUR + 1 }, [4]],
        [{ text: 'mandati', open: true, owner: PERSON.anna, queues: ['finance'] }, [3]],
        [{ text: 'mandati', owner: PERSON.bruno }, []],
      ];
      for (const [query, expected] of cases)
        assert.deepEqual(await found(store, query), expected, JSON.stringify(query));
    }));

  test('D3 escalated is what is open and has a fired level on a deadline that is not met', () =>
    withStore(newBackend, async ({ store }) => {
      const clock = { kind: 'solution', allowedMs: 1, usedMs: 0, fired: ['breach'] } as const;
      const fired = (...levels: string[]): Partial<Ticket> => ({ deadlines: [{ ...clock, fired: levels }] });
      await write(store, [
        aTicket(1, fired('warning', 'breach')),
        aTicket(2, fired('warning')),
        aTicket(3, { deadlines: [{ ...clock, metAt: MORNING }] }),
        aTicket(4, { ...fired('breach'), state: { kind: 'closedSuccessfully', at: MORNING } }),
        aTicket(5, fired()),
      ]);
      assert.deepEqual(await found(store, { escalations: ['breach'] }), [1]);
      assert.deepEqual(await found(store, { escalations: ['breach', 'warning'] }), [2, 1]);
      assert.deepEqual(await found(store, { escalations: [] }), []);
    }));

  test('W6 people are found by name, number and address of requester and contact', () =>
    withStore(newBackend, async ({ store }) => {
      const contact = { name: 'Ada Neri', phone: '0371 555', availability: [] };
      await write(store, [aTicket(1, { contact }), aTicket(2, { subject: 'Ada e Maria' })]);
      assert.deepEqual(await found(store, { personText: 'ada' }), [1]);
      assert.deepEqual(await found(store, { personText: 'maria rin' }), [2, 1]);
      assert.deepEqual(await found(store, { personText: 'mandati' }), []);
    }));

  test('A1 only tickets of one’s queues are found, and those one takes part in', () =>
    withStore(newBackend, async ({ store }) => {
      await write(store, [
        aTicket(1, { queue: 'taxes' }),
        aTicket(2, { queue: 'raw', owner: personRef('anna') }),
        aTicket(3, { queue: 'raw', responsible: personRef('anna') }),
        aTicket(4, { queue: 'raw', requester: personRef('anna') }),
        aTicket(5, { queue: 'finance' }),
      ]);
      const seen = (queues: readonly string[] | 'all', query: TicketQuery = {}) =>
        found(store, { ...query, visibleTo: { queues, person: PERSON.anna } });
      assert.deepEqual(await seen(['finance']), [5, 4, 3, 2]);
      assert.deepEqual(await seen(['finance'], { text: 'mandati', queues: ['raw'] }), [4, 3, 2]);
      assert.deepEqual(await seen([]), [4, 3, 2]);
      assert.deepEqual(await seen(['finance', 'taxes'], { owner: PERSON.anna }), [2]);
      assert.deepEqual(await seen('all'), [5, 4, 3, 2, 1]);

      const moved = change(aTicket(4, { queue: 'raw', requester: personRef('luca') }));
      await store.commitTicket(moved);
      assert.deepEqual(await seen([]), [3, 2], 'who takes part no more does not see it any more');
    }));

  test('W5 open tickets are counted by queue and state, as far as they may be seen', () =>
    withStore(newBackend, async ({ store }) => {
      await write(store, [
        aTicket(1, { queue: 'taxes' }),
        aTicket(2, { queue: 'taxes' }),
        aTicket(3, { queue: 'taxes', state: { kind: 'inProgress' }, owner: personRef('anna') }),
        aTicket(4, { queue: 'finance', state: { kind: 'waitingRequester', since: MORNING } }),
        aTicket(5, { queue: 'finance', state: { kind: 'closedSuccessfully', at: MORNING } }),
      ]);
      const waiting = { queue: 'finance', state: 'waitingRequester', count: 1 };
      const inProgress = { queue: 'taxes', state: 'inProgress', count: 1 };
      assert.deepEqual(await store.countOpen(), [
        waiting,
        inProgress,
        { queue: 'taxes', state: 'new', count: 2 },
      ]);
      assert.deepEqual(await store.countOpen({ queues: ['finance'], person: PERSON.anna }), [
        waiting,
        inProgress,
      ]);
      assert.deepEqual(await store.countOpen({ queues: [], person: PERSON.luca }), []);
      assert.deepEqual(await store.countOpen(undefined, { owner: PERSON.anna }), [inProgress]);
      const answering = { queues: ['finance'], person: PERSON.luca } as const;
      assert.deepEqual(await store.countOpen(answering, { responsible: PERSON.dario }), [waiting]);
    }));

  test('A1 W6 who looks through notes does not find what they merely asked for', () =>
    withStore(newBackend, async ({ store }) => {
      await write(store, [
        aTicket(1, { queue: 'raw', requester: personRef('anna') }),
        aTicket(2, { queue: 'raw', responsible: personRef('anna') }),
        aTicket(3, { queue: 'finance', requester: personRef('anna') }),
        aTicket(4, { queue: 'raw', requester: personRef('anna'), responsible: personRef('anna') }),
      ]);
      const visibleTo = { queues: ['finance'], person: PERSON.anna, internally: true } as const;
      assert.deepEqual(await found(store, { visibleTo }), [3, 2]);
      assert.deepEqual(await found(store, { visibleTo: { ...visibleTo, queues: 'all' } }), [4, 3, 2, 1]);
    }));

  test('W6 a ticket is found by what it says now', () =>
    withStore(newBackend, async ({ store }) => {
      const first = aTicket(1, { subject: 'Vecchio oggetto' });
      await write(store, [first]);
      const articles = [
        ...first.articles,
        ...withText('Sentito il tecnico', 'preventivo.pdf', 'note').articles,
      ];
      const second = change({
        ...first,
        subject: 'Nuovo',
        articles,
        queue: 'taxes',
        state: { kind: 'open' },
      });
      await store.commitTicket(second);
      assert.deepEqual(await found(store, { text: 'vecchio' }), []);
      assert.deepEqual(await found(store, { queues: ['finance'] }), []);
      assert.deepEqual(await found(store, { text: 'nuovo tecnico preventivo', queues: ['taxes'] }), [1]);
      await store.commitTicket(change({ ...first, subject: 'Troppo tardi' }));
      assert.deepEqual(await found(store, { text: 'tardi' }), [], 'a lost race leaves no trace');
    }));

  test('W6 pages follow each other, newest first, while tickets come and change', () =>
    withStore(newBackend, async ({ store }) => {
      const moments = [0, 5, 5, 5, 1, 9, 3, 9, 2, 4];
      await write(
        store,
        moments.map((after, n) => aTicket(n + 1, { createdAt: MORNING + after })),
      );
      const pages: number[][] = [];
      let after: string | undefined;
      do {
        const page = await store.find({ text: 'mandati' }, { limit: 3, ...(after && { after }) });
        pages.push(page.tickets.map(({ number }) => Number(number.slice(10, 15))));
        after = page.next;
        const n = 20 + pages.length;
        await store.commitTicket(opening(n, { ticket: aTicket(n, { createdAt: MORNING + 100 }) }));
        const last = page.tickets.at(-1);
        if (last) await store.commitTicket(change(last));
      } while (after !== undefined);
      assert.deepEqual(pages, [[8, 6, 4], [3, 2, 10], [7, 9, 5], [1]]);
      assert.equal((await store.find({}, { limit: 0 })).tickets.length, 0);
      assert.equal(
        (await store.find({}, { after: 'nonsense', limit: 1 })).tickets[0]?.number,
        ticketNumber(24),
      );
    }));

  test('W6 a page has 25 tickets where nothing is said, and counting ends where it is told to', () =>
    withStore(newBackend, async ({ store }) => {
      await Promise.all(Array.from({ length: 26 }, (_, n) => store.commitTicket(opening(n + 1))));
      const first = await store.find({});
      assert.equal(first.tickets.length, 25);
      assert.ok(first.next);
      const second = await store.find({}, { after: first.next });
      assert.deepEqual([second.tickets.length, second.next], [1, undefined]);
      assert.equal((await store.find({}, { limit: 26 })).next, undefined);
      assert.deepEqual(
        await Promise.all([0, 1, 25, 26, 27].map((most) => store.count({}, most))),
        [0, 1, 25, 26, 26],
      );
    }));
}
