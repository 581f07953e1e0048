import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Command } from '../../src/domain/commands.ts';
import { MAIL_FILES_LIMIT } from '../../src/domain/limits.ts';
import { outsider } from '../../src/domain/outsiders.ts';
import { TICKET_FILES_LIMIT } from '../../src/domain/quotas.ts';
import { isPublic, type Ticket } from '../../src/domain/ticket.ts';
import { actor, given, type Someone } from '../support/decision.ts';
import { personRef } from '../support/desk.ts';
import { aTicket, MORNING } from '../support/tickets.ts';

const SUPPLIER = 'assistenza@fornitore.example';
const at = MORNING + 60_000;
const forward = (
  over: Partial<Extract<Command, { type: 'forward' }>> = {},
  who: Someone = 'anna',
): Command => ({
  at,
  via: 'queueChannel',
  actor: actor(who),
  type: 'forward',
  article: 1,
  to: [SUPPLIER],
  key: 'k1',
  text: 'Ci aiutate?',
  ...over,
});
const outside = { at, via: 'mail', actor: { kind: 'outside' } } as const;
const answer = (mail = '<1@fornitore.example>', text = 'Corretto.'): Command => ({
  ...outside,
  type: 'receiveMail',
  by: { id: outsider(SUPPLIER), name: SUPPLIER },
  text,
  attachments: [],
  mail,
});
const heldBy = (who: Someone): Ticket =>
  aTicket(1, { locked: true, lockedAt: MORNING, owner: personRef(who), state: { kind: 'inProgress' } });

describe('W9 forwarding an article to an address outside', () => {
  test('W9 leaves an article that says which one went where, and that the requester does not read', () => {
    const ticket = given(heldBy('anna'))
      .when(forward({ text: ' Ci aiutate? ', minutes: 5 }))
      .brings({ type: 'forwarded', article: 1, to: [SUPPLIER], key: 'k1', text: 'Ci aiutate?', minutes: 5 });
    const sent = ticket.articles.at(-1);
    assert.deepEqual(sent?.forwarded, { article: 1, to: [SUPPLIER], key: 'k1' });
    assert.equal(sent?.kind, 'mailSent');
    assert.ok(sent && !isPublic(sent));
    assert.deepEqual(ticket.deadlines, heldBy('anna').deadlines, 'the requester has heard nothing');
  });

  test('W9 goes to several, each once, and to no more than a few', () => {
    given(heldBy('anna'))
      .when(forward({ to: ['A@b.it', 'c@d.it', 'a@B.it'] }))
      .brings({ type: 'forwarded', to: ['a@B.it', 'c@d.it'] });
    const many = Array.from({ length: 6 }, (_, index) => `a${index}@b.it`);
    given(heldBy('anna'))
      .when(forward({ to: many }))
      .thenRefused({ code: 'tooManyAddresses', limit: 5 });
    given(heldBy('anna'))
      .when(forward({ to: many.slice(1) }))
      .brings({ type: 'forwarded' });
  });

  test('W9 the article may speak for itself, and its files may weigh as much as mail carries', () => {
    given(heldBy('anna'))
      .when(forward({ text: ' ' }))
      .brings({ type: 'forwarded', text: '' });
    const [request] = heldBy('anna').articles;
    assert.ok(request);
    const file = { id: 'a', name: 'a.zip', contentType: 'application/zip', size: MAIL_FILES_LIMIT };
    given({ ...heldBy('anna'), articles: [{ ...request, attachments: [file] }] })
      .when(forward())
      .brings({ type: 'forwarded' });
  });

  test('W9 what is no address, no article or too large is refused with a word of its own', () => {
    given(heldBy('anna'))
      .when(forward({ to: [] }))
      .thenRefused({ code: 'noAddress' });
    for (const address of [
      'fornitore',
      'a@b',
      'a b@c.it',
      'Ada <ada@b.it>',
      'a@b.it\r\nBcc: c@d.it',
      '@b.it',
      `${'a'.repeat(250)}@b.it`,
    ])
      given(heldBy('anna'))
        .when(forward({ to: [SUPPLIER, address] }))
        .thenRefused({ code: 'addressNotValid', address });
    for (const article of [0, 2, Number.NaN])
      given(heldBy('anna')).when(forward({ article })).thenRefused({ code: 'unknownArticle' });
    const [request, ...rest] = heldBy('anna').articles;
    assert.ok(request);
    const file = { id: 'a', name: 'a.zip', contentType: 'application/zip', size: MAIL_FILES_LIMIT / 2 + 1 };
    const heavy = { ...heldBy('anna'), articles: [{ ...request, attachments: [file, file] }, ...rest] };
    given(heavy)
      .when(forward())
      .thenRefused({ code: 'filesTooLarge', size: 2 * file.size, limit: MAIL_FILES_LIMIT });
  });

  test('A1 W9 only who works the queue forwards, and while somebody holds it only they', () => {
    for (const who of ['maria', 'carla', 'dario'] as const)
      given(heldBy('anna'))
        .when(forward({}, who))
        .thenRefused({ code: 'notYourQueue', queue: 'Servizi finanziari' });
    given(heldBy('bruno'))
      .when(forward())
      .thenRefused({ code: 'lockedByOther', owner: 'Bruno Galli', since: MORNING });
    given({ ...heldBy('anna'), version: 5 })
      .when(forward({ seen: 4 }))
      .thenRefused({ code: 'stale' });
  });
});

describe('W9 what comes back by e-mail', () => {
  const forwarded = given(heldBy('anna')).when(forward()).ticket();

  test('W9 is an article that the requester does not read, and changes nothing else', () => {
    const ticket = given(forwarded).when(answer()).brings({ type: 'mailReceived', text: 'Corretto.' });
    const article = ticket.articles.at(-1);
    assert.equal(article?.by.id, outsider(SUPPLIER));
    assert.ok(article && !isPublic(article));
    assert.deepEqual(
      [ticket.state, ticket.deadlines, ticket.locked],
      [forwarded.state, forwarded.deadlines, true],
    );
  });

  test('A3 W9 the same mail is taken once, whenever it comes', () => {
    const ticket = given(forwarded).when(answer()).ticket();
    given(ticket).when(answer()).thenRefused({ code: 'nothingChanged' });
    given(ticket).when(answer('<2@fornitore.example>')).brings({ type: 'mailReceived' });
  });

  test('W9 a mail says something or brings a file, and finds room', () => {
    const file = { id: 'a', name: 'a.pdf', contentType: 'application/pdf', size: 10 };
    given(forwarded).when(answer('<3@fornitore.example>', ' ')).thenRefused({ code: 'emptyText' });
    given(forwarded)
      .when({ ...answer('<3@fornitore.example>', ''), attachments: [file] } as Command)
      .brings({ type: 'mailReceived', attachments: [file] });
    const attachments = Array.from({ length: TICKET_FILES_LIMIT + 1 }, () => file);
    given(forwarded)
      .when({ ...answer(), attachments } as Command)
      .thenRefused({ code: 'ticketFull' });
  });

  test('W9 T7 it is not the requester’s answer: who waits for that goes on waiting', () => {
    const waiting = { ...forwarded, state: { kind: 'waitingRequester', since: MORNING } } as const;
    assert.equal(given(waiting).when(answer()).ticket().state.kind, 'waitingRequester');
  });

  test('A1 W9 nobody but the mailbox brings mail, and it brings nothing else', () => {
    for (const person of ['anna', 'maria', 'elena'] as const)
      assert.equal(
        given(forwarded).when({ ...answer(), actor: actor(person) } as Command).decision.ok,
        false,
      );
    for (const command of [
      { ...outside, type: 'claim' },
      { ...outside, type: 'note', text: 'x', attachments: [] },
      { ...outside, type: 'requesterMessage', text: 'x', attachments: [], thanks: false },
      { ...outside, type: 'escalate' },
      { ...outside, type: 'withdraw', text: '' },
    ] as Command[])
      assert.equal(given(forwarded).when(command).decision.ok, false, command.type);
  });

  test('W9 a failure is told to who had forwarded it; of anything else there is none', () => {
    const failed = (article: number): Command => ({
      ...outside,
      type: 'mailFailed',
      article,
      addresses: [SUPPLIER],
      reason: '550',
    });
    const sent = forwarded.articles.at(-1)?.id ?? 0;
    given(forwarded)
      .when(failed(sent))
      .brings({ type: 'mailFailed', tells: personRef('anna'), addresses: [SUPPLIER], reason: '550' });
    for (const article of [1, 99])
      given(forwarded).when(failed(article)).thenRefused({ code: 'unknownArticle' });
  });
});
