import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Command } from '../../src/domain/commands.ts';
import { TEXT_LIMIT } from '../../src/domain/limits.ts';
import {
  checkRoom,
  DRAFT_FILES_LIMIT,
  hasRoom,
  TICKET_BYTES_LIMIT,
  TICKET_FILES_LIMIT,
  TICKET_TEXTS_LIMIT,
} from '../../src/domain/quotas.ts';
import { actor, given } from '../support/decision.ts';
import { personRef } from '../support/desk.ts';
import { aTicket, MORNING } from '../support/tickets.ts';

describe('A9 how much a request holds', () => {
  const article = { text: 'x'.repeat(TEXT_LIMIT), attachments: [] as { size: number }[] };
  const holding = (articles: (typeof article)[]) =>
    ({ articles }) as unknown as Parameters<typeof checkRoom>[0];

  test('A9 texts, files and their bytes have an end', () => {
    const nearlyFull = holding(new Array(TICKET_TEXTS_LIMIT / TEXT_LIMIT - 1).fill(article));
    assert.equal(checkRoom(nearlyFull, article), undefined);
    assert.deepEqual(checkRoom(nearlyFull, { ...article, text: `${article.text}!` }), { code: 'ticketFull' });
    const files = (count: number, size: number) => ({
      text: '',
      attachments: new Array(count).fill({ size }),
    });
    assert.equal(checkRoom(holding([]), files(TICKET_FILES_LIMIT, 1)), undefined);
    assert.deepEqual(checkRoom(holding([files(TICKET_FILES_LIMIT, 1)]), files(1, 1)), { code: 'ticketFull' });
    assert.equal(checkRoom(holding([files(1, TICKET_BYTES_LIMIT)]), files(1, 0)), undefined);
    assert.deepEqual(checkRoom(holding([files(1, TICKET_BYTES_LIMIT)]), files(1, 1)), { code: 'ticketFull' });
  });

  test('A9 so does a request in preparation', () => {
    const draft = { text: 'x'.repeat(2 * TEXT_LIMIT), attachments: [] };
    assert.ok(hasRoom(draft, article));
    assert.ok(!hasRoom(draft, { ...article, text: `${article.text}!` }));
    const files = new Array(DRAFT_FILES_LIMIT).fill({ id: 'a', name: 'a', size: 1, contentType: 'a/b' });
    assert.ok(!hasRoom({ text: '', attachments: files }, { text: '', attachments: [{ size: 1 }] }));
  });

  test('A9 a full request takes nothing more from its requester or from outside, and its agents go on', () => {
    const [first] = aTicket(1).articles;
    assert.ok(first);
    const full = { ...first, text: 'x'.repeat(TICKET_TEXTS_LIMIT) };
    const ticket = aTicket(1, {
      state: { kind: 'inProgress' },
      locked: true,
      owner: personRef('anna'),
      articles: [full],
    });
    const [by, said] = [
      { at: MORNING, via: 'chat' as const },
      { text: 'ancora', attachments: [] },
    ];
    const write: Command = { ...by, ...said, type: 'requesterMessage', actor: actor('maria'), thanks: false };
    given(ticket).when(write).thenRefused({ code: 'ticketFull' });
    const mail: Command = {
      ...{ at: MORNING, via: 'mail', actor: { kind: 'outside' }, ...said },
      ...{ type: 'receiveMail', by: { id: 'mail:a@b.it', name: 'a@b.it' }, mail: '<1@b.it>' },
    };
    given(ticket).when(mail).thenRefused({ code: 'ticketFull' });
    const note: Command = { ...by, ...said, type: 'note', actor: actor('anna') };
    given(ticket).when(note).brings({ type: 'noted' });
  });
});
