import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { ArrivedMail, Mailbox } from '../../src/app/mail.ts';
import { createMailbox } from '../../src/email/imap.ts';
import { type MailWorld, startMailWorld } from '../support/mail-world.ts';
import { signalsInto } from '../support/signals.ts';

const mail = (head: string, body = 'Ecco.') =>
  `From: Ada Neri <ada@fornitore.example>\nMessage-ID: <1@fornitore.example>\n${head}\n\n${body}\n`;

describe('W9 the desk’s mailbox', () => {
  let world: MailWorld;
  let mailbox: Mailbox | undefined;
  const log: string[] = [];
  beforeEach(async () => {
    world = await startMailWorld();
    log.length = 0;
    mailbox = createMailbox(world.settings, signalsInto(log).log);
  });
  afterEach(() => world.close());

  const look = (take: (mail: ArrivedMail) => Promise<'taken' | 'left'>) => mailbox?.look(take, () => false);

  test('W9 hands over what is unread, and marks as read what was taken, afterwards', async () => {
    const kept = world.mailbox.arrive(mail('Subject: =?utf-8?Q?Perch=C3=A9?='));
    const seen: unknown[] = [];
    const looked = await look(async (one) => {
      assert.equal(kept.flags.has('\\Seen'), false);
      seen.push(one.subject, one.from, one.id, await one.read(async () => {}));
      return 'taken';
    });
    assert.deepEqual(looked, { kind: 'looked' });
    assert.deepEqual(seen, [
      'Perché',
      { name: 'Ada Neri', address: 'ada@fornitore.example' },
      '<1@fornitore.example>',
      { text: 'Ecco.' },
    ]);
    assert.ok(kept.flags.has('\\Seen'));
  });
});
