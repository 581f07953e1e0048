import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { OutgoingMail } from '../../src/app/ports/mail.ts';
import { createMailbox, tryMailbox } from '../../src/email/imap.ts';
import { createMailer, trySending } from '../../src/email/smtp.ts';
import { type MailWorld, NOBODY, startMailWorld } from '../support/mail-world.ts';
import { signalsInto } from '../support/signals.ts';

const MAIL: OutgoingMail = {
  id: 'sportello.2026110510000019.2',
  sender: 'Assistenza “Borgolieto”',
  to: ['ada@fornitore.example', NOBODY],
  recipient: 'ada@fornitore.example',
  subject: '[Ticket#2026110510000019] Perché',
  text: 'Ecco.\n.\nFine.',
  files: [],
};

describe('W9 sending by SMTP', () => {
  let world: MailWorld;
  beforeEach(async () => {
    world = await startMailWorld();
  });
  afterEach(() => world.close());

  const mailer = (over = {}) =>
    createMailer({ ...world.settings, smtp: { ...world.settings.smtp, ...over } });
  const mood = (code: number, words: string, at: 'mail' | 'end' = 'end') =>
    world.moods.push({ code, words, at });

  test('W9 a mail arrives as it was written, at the one to whom it goes now', async () => {
    assert.deepEqual(await mailer().send({ ...MAIL, answers: '<7@fornitore.example>' }), { kind: 'sent' });
    const [sent] = world.sent;
    assert.deepEqual(sent?.recipients, ['ada@fornitore.example']);
    assert.equal(sent?.subject, MAIL.subject);
    assert.equal(sent?.text?.trim(), MAIL.text);
    assert.equal(sent?.messageId, `<${MAIL.id}@comune.example>`);
    assert.equal(sent?.inReplyTo, '<7@fornitore.example>');
    assert.match(sent?.source ?? '', /^References: <7@fornitore\.example>\r$/m);
    assert.equal(sent?.from?.value?.[0]?.name, MAIL.sender);
  });

  test('W9 what was typed makes no header of its own', async () => {
    await mailer().send({
      ...MAIL,
      subject: 'x\r\nBcc: c@d.it\r\n\r\nFine',
      sender: 'y\r\nReply-To: e@f.it',
      answers: '<a>\r\nX-Evil: 1',
      files: [
        {
          name: 'a"\r\nX-Evil: 2.pdf',
          contentType: 'text/plain\r\nX-Evil: 3',
          open: async () => (async function* () {})(),
        },
      ],
    });
    const [head = ''] = (world.sent[0]?.source ?? '').split('\r\n\r\n');
    assert.doesNotMatch(world.sent[0]?.source ?? '', /^(Bcc|X-Evil)/im);
    assert.deepEqual(head.match(/^Reply-To:.*$/gim), ['Reply-To: sportello@comune.example']);
    assert.deepEqual(world.sent[0]?.recipients, ['ada@fornitore.example']);
  });

  test('W9 N3 what a server says decides whether it is tried again, given up, or told as an outage', async () => {
    mood(451, 'greylisted');
    assert.deepEqual(await mailer().send(MAIL), { kind: 'retry', reason: '451 greylisted' });
    mood(552, 'too much for <ada@fornitore.example>');
    assert.deepEqual(await mailer().send(MAIL), { kind: 'failed', reason: '552 too much for <…>' });
    assert.equal((await mailer().send({ ...MAIL, recipient: NOBODY })).kind, 'failed');
    mood(530, 'authentication required', 'mail');
    assert.deepEqual(await mailer().send(MAIL), {
      ...{ kind: 'retry', reason: '530 authentication required' },
      outage: { refused: true },
    });
  });

  test('W9 N3 a server that is away, or does not take the password, is an outage', async () => {
    // Nobody offers a login there, and so none is accepted.
    const login = await mailer({ user: 'u', password: 'hidden' }).send(MAIL);
    assert.ok(login.kind === 'retry' && login.outage?.refused, JSON.stringify(login));
    const port = world.settings.smtp.port;
    await world.close();
    assert.deepEqual(await mailer({ port }).send(MAIL), {
      ...{ kind: 'retry', reason: 'ECONNREFUSED' },
      outage: { refused: false },
    });
    world = await startMailWorld();
  });

  test('W9 without TLS nothing leaves, and no password, but on this machine', async () => {
    const away = { plain: false, user: 'u', password: 'hidden' };
    const sent = await mailer(away).send(MAIL);
    assert.equal(sent.kind, 'retry');
    assert.equal(world.sent.length, 0);
    const { imap } = world.settings;
    const log = signalsInto([]).log;
    const looked = await createMailbox({ ...world.settings, imap: { ...imap, plain: false } }, log)?.look(
      async () => 'taken',
      () => false,
      { among: async () => new Set<string>(), broke: async () => {} },
    );
    assert.equal(looked?.kind, 'away');
    assert.ok(!world.mailbox.commands.includes('LOGIN'));
  });

  test('A6 W9 knocking says whether mail could be sent and fetched, and does neither', async () => {
    const { smtp, imap } = world.settings;
    world.mailbox.arrive('From: a@b.it\n\nEcco.');
    assert.equal(await trySending(smtp), undefined);
    assert.equal(await tryMailbox(imap), undefined);
    assert.deepEqual([world.sent.length, world.mailbox.mails[0]?.flags.size], [0, 0]);
    const refused = await tryMailbox({ ...imap, password: 'wrong' });
    assert.deepEqual([refused?.refused, refused?.reason.includes('@')], [true, false]);
    assert.equal((await tryMailbox({ ...imap, secure: true }))?.refused, false);
  });
});
