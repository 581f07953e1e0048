/** What staff learn of what they merely asked for themselves (N4), and what links still open (A1, T15, T18). */

import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { openFile } from '../../../src/app/door/open-file.ts';
import { listFile } from '../../../src/app/finding/list-file.ts';
import { showBoard, showList } from '../../../src/app/finding/lists.ts';
import { searchTickets } from '../../../src/app/finding/search-tickets.ts';
import type { House } from '../../../src/app/house.ts';
import { printTicket } from '../../../src/app/showing/print.ts';
import { type Asked, writeAsked } from '../../../src/domain/asked.ts';
import type { Desk } from '../../../src/domain/desk.ts';
import { actorFor } from '../../../src/domain/rights.ts';
import type { Article, Ticket } from '../../../src/domain/ticket.ts';
import { PERSON, personRef, testDesk } from '../../support/desk.ts';
import { aTicket, MORNING, opening } from '../../support/tickets.ts';
import { type Building, build } from '../support/house.ts';

type Who = keyof typeof PERSON;

const note = (id: number, text: string, file?: Article['attachments'][number]): Article => ({
  ...{ id, kind: 'note', at: MORNING, by: personRef('anna'), text, minutes: 17 },
  attachments: file ? [file] : [],
});

describe('N4 what somebody merely asked for', () => {
  let building: Building;
  let house: House;
  beforeEach(async () => {
    building = await build();
    house = await building.house();
  });
  afterEach(() => building.demolish());

  /** Carla works other queues, and has asked the finance office for this. */
  const carlas = (over: Partial<Ticket> = {}) =>
    aTicket(1, {
      requester: personRef('carla'),
      contact: { name: 'Carla Monti', phone: '0371 555 001', availability: [] },
      priority: 5,
      impact: 4,
      agreement: 'continuity',
      createdIn: 'raw',
      owner: personRef('anna'),
      responsible: personRef('dario'),
      state: { kind: 'open' },
      articles: [...aTicket(1).articles, note(2, 'sentito il tesoriere')],
      deadlines: [
        { kind: 'solution', allowedMs: 1, usedMs: 9, runningSince: MORNING, fired: ['warning', 'breach'] },
      ],
      ...over,
    });

  async function keep(...tickets: Ticket[]) {
    for (const [index, ticket] of tickets.entries())
      await house.store.commitTicket(opening(index + 1, { ticket }));
  }
  const looking = (who: Who) => ({ actor: actorFor(house.desk, personRef(who)), locale: 'it' as const });
  const list = async (who: Who, asked: Asked) => JSON.stringify(await showList(house, looking(who), asked));
  async function csv(who: Who, asked: Asked): Promise<string> {
    const lines = listFile(house, { asked: writeAsked(asked), person: PERSON[who], locale: 'it' });
    let file = '';
    for await (const line of lines ?? []) file += line;
    return file;
  }

  const TELLING: readonly Asked[] = [
    { priority: '5' },
    { lock: 'no' },
    { owner: PERSON.anna },
    { responsible: PERSON.dario },
    { createdIn: 'raw' },
    { due: 'escalated' },
    { changedFrom: '1/11/2026' },
    { words: 'tesoriere' },
    { article: 'tesoriere' },
  ];

  test('N4 no filter tells anything of it, whatever the scope, in the list, its count and the file', async () => {
    await keep(carlas());
    const { number } = carlas();
    for (const scope of ['mine', 'responsible', 'queues', 'all', 'requested'])
      for (const asked of TELLING) {
        const said = JSON.stringify({ scope, ...asked });
        const shown = await list('carla', { scope, ...asked });
        assert.ok(!shown.includes(number) && shown.includes('nessuna'), `${said} ${shown.slice(0, 500)}`);
        assert.ok(!(await csv('carla', { scope, ...asked })).includes(number), said);
      }
  });

  test('N4 it stands among their own requests, in a requester’s words, and in no working list', async () => {
    await keep(carlas());
    const { number } = carlas();
    const own = await list('carla', { scope: 'requested' });
    assert.ok(own.includes(number) && own.includes('Ricevuta'));
    for (const word of ['Molto alta', 'Anna', 'Dario', 'Da smistare']) assert.ok(!own.includes(word), word);
    for (const scope of ['mine', 'responsible', 'queues', 'all'])
      assert.ok(!(await list('carla', { scope })).includes(number), scope);
    const file = await csv('carla', { scope: 'requested' });
    assert.ok(file.includes(number) && file.includes(';Ricevuta;'));
    for (const word of ['Molto alta', 'Anna', 'Dario', 'Da smistare', 'Continuità', ';17'])
      assert.ok(!file.includes(word), `${word}\n${file}`);
    const board = JSON.stringify(await showBoard(house, looking('carla'), { scope: 'all' }));
    assert.ok(!board.includes('Servizi finanziari'), board);
  });

  test('N4 new and open are one to who asked', async () => {
    await keep(carlas());
    for (const state of ['new', 'open'])
      assert.match(await list('carla', { scope: 'requested', state }), /Ricevuta/, state);
  });

  test('T11 N4 nor does who asked for the same in a duplicate find it by what stands in its notes', async () => {
    await keep(carlas({ requester: personRef('maria'), alsoRequesters: [personRef('carla')] }));
    const { number } = carlas();
    for (const asked of TELLING) {
      const shown = await list('carla', { scope: 'all', ...asked });
      assert.ok(!shown.includes(number) && shown.includes('nessuna'), JSON.stringify(asked));
    }
  });

  test('W7 the message extension finds it, but not by its notes, and tells it in a requester’s words and colours', async () => {
    await keep(carlas({ state: { kind: 'waitingReminder', until: MORNING + 1, setBy: PERSON.anna } }));
    const search = (words: string) =>
      searchTickets(house, {
        ...{ kind: 'search', key: 'k', words, skip: 0, count: 25 },
        sender: {
          ...{ person: PERSON.carla, name: 'Carla', teamsId: '29:carla', locale: 'it' },
          ...{ conversation: 'a:1', personal: true, serviceUrl: 'https://teams.example/' },
        },
      });
    const found = JSON.stringify(await search('mandati'));
    assert.match(found, /In attesa/);
    assert.doesNotMatch(found, /fino a una data|Warning|Anna|Dario|Molto alta/);
    assert.match(JSON.stringify(await search('tesoriere')), /"text"/);
    assert.doesNotMatch(JSON.stringify(await search('tesoriere')), /results/);
  });

  test('T11 W7 nor does a hit of the extension tell the other’s phone number, name or answers', async () => {
    const also = carlas({
      requester: personRef('maria'),
      contact: { name: 'Ada Neri', phone: '0371 409 204', availability: [] },
      alsoRequesters: [personRef('luca')],
    });
    await keep(also);
    const search = async (who: Who, words: string) => {
      const sender = {
        ...{ person: PERSON[who], name: who, teamsId: `29:${who}`, locale: 'it' as const },
        ...{ conversation: 'a:1', personal: true, serviceUrl: 'https://teams.example/' },
      };
      const page = { words, skip: 0, count: 25 };
      return (await searchTickets(house, { kind: 'search', key: 'k', sender, ...page })).kind;
    };
    for (const words of ['409', '0371 409', 'neri', '1234']) {
      assert.equal(await search('luca', words), 'text', words);
      for (const who of ['maria', 'anna'] as const) assert.equal(await search(who, words), 'results', words);
    }
    assert.equal(await search('luca', 'mandati'), 'results');
  });

  test('A1 who follows a ticket elsewhere has it in their lists and counts, as long as they may read it', async () => {
    const followed = carlas({ requester: personRef('maria'), watchers: [personRef('carla')] });
    const foreign = { ...followed, ...{ number: aTicket(2).number, draft: 'd2', createdIn: 'finance' } };
    await keep(followed, foreign);
    const shown = await list('carla', { scope: 'all' });
    assert.ok(shown.includes(followed.number) && !shown.includes(foreign.number));
    assert.match(shown, /Tutte · 1"/);
  });
});

describe('A1 links', () => {
  let building: Building;
  let house: House;
  beforeEach(async () => {
    building = await build();
    house = await building.house();
  });
  afterEach(() => building.demolish());

  const file = (name: string, id: string) => ({ id, name, contentType: 'text/plain', size: 3 });

  /** The ticket of Maria, which Luca asked for, too: a file of a note and one of the request. */
  async function withFiles(over: Partial<Ticket> = {}) {
    const put = async (text: string) => {
      const stored = await house.attachments.put([Buffer.from(text)] as never, 100);
      assert.ok(stored !== 'tooLarge');
      return stored.id;
    };
    const [asked, internal] = [await put('abc'), await put('def')];
    const [request] = aTicket(1).articles;
    const ticket = aTicket(1, {
      articles: [
        { ...(request as Article), attachments: [file('modulo.txt', asked)] },
        note(2, 'SEGRETO', file('parere.txt', internal)),
      ],
      alsoRequesters: [personRef('luca')],
      ...over,
    });
    await house.store.commitTicket(opening(1, { ticket }));
    return { ticket, asked: file('modulo.txt', asked), internal: file('parere.txt', internal) };
  }

  async function opens(desk: Desk, who: Who) {
    const { ticket, asked, internal } = await withFiles();
    const now = await building.house({ desk });
    const got = (one: typeof asked) =>
      openFile(now, { ticket: ticket.number, file: one, person: PERSON[who] });
    const printed = (scope: 'everything' | 'public') =>
      printTicket(now, { number: ticket.number, scope, person: PERSON[who], locale: 'it' });
    return {
      asked: (await got(asked)) !== undefined,
      internal: (await got(internal)) !== undefined,
      // The content of one file under the name of the other.
      disguised: (await got({ ...internal, name: asked.name })) !== undefined,
      everything: (await printed('everything')) !== undefined,
      public: await printed('public'),
    };
  }

  test('T15 T18 A1 open what the person they were made for may read now', async () => {
    const { public: page, ...anna } = await opens(testDesk(), 'anna');
    assert.deepEqual(anna, { asked: true, internal: true, disguised: false, everything: true });
    assert.ok(page && !page.includes('SEGRETO'));
  });

  test('T15 T18 A1 open nothing any more for who has left the desk, or works another queue now', async () => {
    const desk = testDesk();
    const anna = desk.people.get(PERSON.anna);
    assert.ok(anna);
    const people = new Map(desk.people).set(PERSON.anna, { ...anna, agentOf: ['taxes'] });
    const nothing = {
      ...{ asked: false, internal: false, disguised: false, everything: false },
      public: undefined,
    };
    assert.deepEqual(await opens({ ...desk, people }, 'anna'), nothing);
  });

  test('T15 T18 N4 a requester’s link opens no file of a note, and prints no note', async () => {
    const { public: page, ...maria } = await opens(testDesk(), 'maria');
    assert.deepEqual(maria, { asked: true, internal: false, disguised: false, everything: false });
    assert.ok(page?.includes('0371 409 204') && page.includes('Ricevuta') && !page.includes('SEGRETO'));
  });

  test('T11 T18 who asked for the same in a duplicate prints no contact of the other', async () => {
    const { public: page } = await opens(testDesk(), 'luca');
    assert.ok(
      page && !page.includes('0371 409 204') && !page.includes('9.00') && !page.includes('1234/2026'),
    );
  });
});
