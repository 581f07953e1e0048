/** An article goes to an address outside, and its answer comes back to the ticket (W9): through real SMTP and IMAP. */

import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { Ticket } from '../../src/domain/ticket.ts';
import type { MessageView } from '../../src/local/protocol.ts';
import { type MailWorld, NOBODY, type SentMail, startMailWorld } from '../support/mail-world.ts';
import { buttonsOf, cardIn, inputsOf, textOf, wordsIn, wordsOf } from './support/cards.ts';
import {
  act,
  heardBy,
  historyOf,
  lastHeardBy,
  look,
  openTicket,
  postsIn,
  press,
  queueCardOf,
  replying,
  reread,
  say,
} from './support/people.ts';
import { type Stage, setStage } from './support/stage.ts';

const SUPPLIER = 'assistenza@fornitore.example';
const ADA = 'Ada Neri <ada.neri@fornitore.example>';
const MINUTE = 60_000;

describe('forwarding', () => {
  let world: MailWorld;
  let stage: Stage;
  let ticket: Ticket;
  let card: MessageView;
  beforeEach(async () => {
    world = await startMailWorld();
    stage = await setStage({ bot: { mail: world.settings } });
    ticket = await openTicket(stage);
    card = queueCardOf(stage, ticket);
  });
  afterEach(async () => {
    await stage.stop();
    await world.close();
  });

  const forward = async (to: string, over: Record<string, string> = {}) => {
    const answer = await act(stage, 'anna', card, 'forward', {
      to,
      text: 'Ci aiutate?',
      article: '1',
      ...over,
    });
    await stage.settle();
    return answer;
  };
  const sent = () => world.sent.at(-1) as SentMail;
  const lookIntoMailbox = async () => {
    await stage.bot.tick();
    await stage.settle();
  };
  const unread = () => world.mailbox.mails.filter(({ flags }) => !flags.has('\\Seen')).length;
  const received = async () =>
    (await reread(stage, ticket)).articles.filter(({ kind }) => kind === 'mailReceived');

  test('W9 an article leaves with the number in its subject, and the requester hears nothing of it', async () => {
    const before = heardBy(stage, 'maria').length;
    assert.match(
      wordsIn(await forward(SUPPLIER)),
      /Inoltrata[\s\S]*E-mail inviata[\s\S]*n\. 1 → assistenza@fornitore/,
    );
    assert.equal(world.sent.length, 1);
    const { subject, text = '', source, recipients } = sent();
    assert.equal(subject, `[Ticket#${ticket.number}] ${ticket.subject}`);
    assert.deepEqual(recipients, [SUPPLIER]);
    assert.match(
      text,
      /^Ci aiutate\?[\s\S]*Anna Conti[\s\S]*Da: Maria Rinaldi[\s\S]*non riesco a emettere i mandati/,
    );
    assert.match(source, /^Auto-Submitted: no\r$/m);
    assert.match(source, /^From: .*<sportello@comune\.example>\r$/m);
    assert.match(source, /^Reply-To: sportello@comune\.example\r$/m);
    assert.equal(heardBy(stage, 'maria').length, before);
    assert.deepEqual((await historyOf(stage, ticket)).at(-1), 'forwarded');
  });

  test('W9 the answer comes back to the ticket, and is told in its thread and to who asked', async () => {
    await act(stage, 'bruno', card, 'claim');
    await act(stage, 'bruno', card, 'forward', { to: SUPPLIER, text: '', article: '1' });
    await stage.settle();
    const before = heardBy(stage, 'maria').length;
    world.answer(
      sent(),
      ADA,
      'Basta aggiornare il client.\n\nIl 5 novembre Bruno ha scritto:\n> Ci aiutate?',
    );
    await lookIntoMailbox();
    assert.equal(unread(), 0);
    const [article] = await received();
    assert.equal(article?.text.split('\n')[0], 'Basta aggiornare il client.');
    assert.match(article?.text ?? '', /> Ci aiutate\?$/);
    assert.equal(article?.by.name, 'ada.neri@fornitore.example (Ada Neri)');
    assert.match(
      wordsOf(lastHeardBy(stage, 'bruno')),
      /Ada Neri\) ha risposto per e-mail[\s\S]*Basta aggiornare/,
    );
    assert.match(wordsOf(postsIn(stage, 'finance').at(-1) as MessageView), /ha risposto per e-mail/);
    assert.match(
      textOf(await look(stage, 'bruno', card)),
      /E-mail ricevuta[\s\S]*Basta aggiornare il client/,
    );
    assert.equal(heardBy(stage, 'maria').length, before, 'it is not for the requester');
    assert.doesNotMatch(heardBy(stage, 'maria').map(wordsOf).join('\n'), /aggiornare/);
  });

  test('A3 W9 a kill between the article and the mark on the mail doubles nothing', async () => {
    await forward(SUPPLIER);
    world.answer(sent(), ADA, 'Fatto.');
    world.mailbox.dropAt(/^UID STORE/);
    await lookIntoMailbox();
    assert.equal((await received()).length, 1);
    assert.equal(unread(), 1, 'the mark was lost');
    await stage.restart();
    await lookIntoMailbox();
    assert.equal((await received()).length, 1);
    assert.equal(unread(), 0);
  });

  test('A3 W9 a connection lost before the mail was read loses nothing, and two instances take it once', async () => {
    await forward(SUPPLIER);
    world.answer(sent(), ADA, 'Fatto.');
    world.mailbox.dropAt(/BODY\.PEEK\[\]/);
    await lookIntoMailbox();
    assert.deepEqual([(await received()).length, unread()], [0, 1]);
    const another = await stage.another();
    await Promise.all([stage.bot.tick(), another.bot.tick()]);
    assert.deepEqual([(await received()).length, unread()], [1, 0]);
  });

  test('W9 N3 what the server will not take is told to who forwarded it, and to the administrators', async () => {
    await forward(`${SUPPLIER}, ${NOBODY}`);
    assert.deepEqual(
      world.sent.map(({ recipients }) => recipients),
      [[SUPPLIER]],
    );
    assert.match(sent().source, /^To: assistenza@fornitore\.example, nessuno@fornitore\.example\r$/m);
    assert.match(
      wordsOf(lastHeardBy(stage, 'anna')),
      /La tua e-mail per nessuno@fornitore\.example non è arrivata[\s\S]*550 5\.1\.1[\s\S]*Controlla l’indirizzo/,
    );
    assert.deepEqual((await historyOf(stage, ticket)).at(-1), 'mailFailed');
    const [failed] = await stage.store.failedDeliveries(10);
    assert.deepEqual(failed?.to, { kind: 'address', address: NOBODY });
    assert.match(heardBy(stage, 'elena').map(wordsOf).join('\n'), /Delle e-mail non sono state accettate/);
    await say(stage, 'elena', 'messaggi non consegnati');
    await stage.settle();
    assert.match(
      wordsOf(lastHeardBy(stage, 'elena')),
      /e-mail · nessuno@fornitore\.example|nessuno@fornitore\.example/,
    );
    assert.doesNotMatch(stage.log.join(''), /nessuno@|fornitore\.example/);
  });

  test('W9 N3 each attempt has the same Message-ID, so that whoever gets it twice can tell', async () => {
    world.moods.push({ code: 451, words: 'try again later', at: 'end' });
    await forward(SUPPLIER);
    assert.equal(world.sent.length, 2);
    const [first, second] = world.sent;
    assert.match(
      first?.messageId ?? '',
      new RegExp(`^<sportello\\.${ticket.number}\\.2\\.[\\w-]{30,}@comune\\.example>$`),
    );
    assert.equal(second?.messageId, first?.messageId);
  });

  test('W9 the files of the article go along, byte by byte', async () => {
    const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, index) => (index * 7) % 256));
    const file = stage.local.upload({ name: 'fattura “12”.pdf', contentType: 'application/pdf', bytes });
    await say(stage, 'maria', `${ticket.number} ecco la fattura`, { files: [file.id] });
    await stage.settle();
    await forward(SUPPLIER, { article: '2' });
    const [attached] = sent().attachments ?? [];
    assert.equal(attached?.filename, 'fattura “12”.pdf');
    assert.ok(attached.content.equals(bytes));
    assert.match(sent().text ?? '', /ecco la fattura/);
  });

  test('W9 T15 files that come with an answer are on the ticket', async () => {
    await forward(SUPPLIER);
    world.answer(
      sent(),
      ADA,
      [
        '--b',
        'Content-Type: text/html; charset=iso-8859-1',
        '',
        '<p>Perch&eacute; no: <b>vedi</b> il foglio.</p>',
        '--b',
        'Content-Type: application/pdf; name=foglio.pdf',
        'Content-Disposition: attachment; filename=foglio.pdf',
        'Content-Transfer-Encoding: base64',
        '',
        Buffer.from('%PDF-1.4').toString('base64'),
        '--b--',
      ].join('\n'),
      { 'Content-Type': 'multipart/mixed; boundary=b' },
    );
    await lookIntoMailbox();
    const [article] = await received();
    assert.match(article?.text ?? '', /^Perché no: vedi il foglio\./);
    assert.deepEqual(
      article?.attachments.map(({ name, size }) => [name, size]),
      [['foglio.pdf', 8]],
    );
  });

  test('W9 what programs send, and what is about nothing that was forwarded, stays unread', async () => {
    await forward(SUPPLIER);
    const other = await openTicket(stage, 'maria', {
      text: 'un’altra richiesta: non riesco a emettere i mandati del gas',
    });
    for (const over of [
      { 'Auto-Submitted': 'auto-replied' },
      { Precedence: 'bulk' },
      { 'X-Auto-Response-Suppress': 'All' },
      { 'Return-Path': '<>' },
      { From: 'sportello@comune.example' },
      { 'Message-ID': sent().messageId ?? '' },
      { Subject: 'Buongiorno', 'In-Reply-To': '' },
      { Subject: '[Ticket#2026110510000018]', 'In-Reply-To': '' },
      { Subject: `[Ticket#${other.number}]`, 'In-Reply-To': '' },
      { From: 'nobody' },
    ])
      world.answer(sent(), ADA, 'Sono in ferie.', over);
    await lookIntoMailbox();
    assert.deepEqual([(await received()).length, unread()], [0, 10]);
    await lookIntoMailbox();
    const fetched = world.mailbox.commands.filter((command) => command.includes('FETCH')).length;
    assert.equal(fetched, 10, 'each was looked at once');
  });

  test('A9 W9 a report that it did not arrive is told to who had forwarded it, once', async () => {
    await forward(SUPPLIER);
    const report = [
      '--r',
      'Content-Type: text/plain',
      '',
      'Could not be delivered.',
      '--r',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.example',
      '',
      `Final-Recipient: rfc822; ${SUPPLIER}`,
      'Action: failed',
      'Status: 5.2.2',
      `Diagnostic-Code: smtp; 552 <${SUPPLIER}> mailbox`,
      '  full',
      '--r',
      'Content-Type: text/rfc822-headers',
      '',
      `Message-ID: ${sent().messageId}`,
      '--r--',
    ].join('\n');
    const over = {
      From: 'MAILER-DAEMON@mx.example',
      Subject: 'Undelivered',
      'Return-Path': '<>',
      'Auto-Submitted': 'auto-replied',
      'In-Reply-To': '',
      'Content-Type': 'multipart/report; report-type=delivery-status; boundary=r',
    };
    const id = sent().messageId ?? '';
    // Who has seen a number can write the rest of an id, and words of their own.
    for (const guessed of [id.replace(/\.[\w-]+@/, '@'), id.replace(/\.[\w-]+@/, '.0@')])
      world.answer(sent(), ADA, report.replace(id, guessed), over);
    await lookIntoMailbox();
    assert.equal((await historyOf(stage, ticket)).at(-1), 'forwarded', 'an id that was guessed');
    world.answer(sent(), ADA, report, over);
    world.answer(sent(), ADA, report.replace('Action: failed', 'Action: delayed'), {
      ...over,
      'Message-ID': '<2@mx>',
    });
    await lookIntoMailbox();
    await lookIntoMailbox();
    assert.deepEqual((await historyOf(stage, ticket)).slice(-2), ['forwarded', 'mailFailed']);
    assert.match(
      wordsOf(lastHeardBy(stage, 'anna')),
      /La tua e-mail per assistenza@fornitore\.example[\s\S]*\n5\.2\.2\n/,
    );
    assert.equal(unread(), 3, 'a delay is no failure, and neither is what was made up');
  });

  test('W9 T9 an answer to a closed ticket is read there and reopens nothing; of a merged one it goes where that went', async () => {
    await forward(SUPPLIER);
    await act(stage, 'anna', card, 'reply', replying('Risolto.', 'close'));
    await stage.settle();
    world.answer(sent(), ADA, 'Allora va.');
    await lookIntoMailbox();
    assert.equal((await reread(stage, ticket)).state.kind, 'closedSuccessfully');
    assert.equal((await received()).length, 1);
    assert.match(wordsOf(lastHeardBy(stage, 'anna')), /ha risposto per e-mail[\s\S]*Allora va/);
  });

  test('W9 T11 an answer about a duplicate comes to the ticket that goes on for it', async () => {
    await forward(SUPPLIER);
    const other = await openTicket(stage, 'maria', {
      text: 'un’altra richiesta: non riesco a emettere i mandati del gas',
    });
    await act(stage, 'anna', card, 'merge', { other: other.number }, 'join');
    await stage.settle();
    assert.equal((await reread(stage, ticket)).state.kind, 'merged');
    world.answer(sent(), ADA, 'Provate adesso.', { 'In-Reply-To': '' });
    await lookIntoMailbox();
    assert.equal((await reread(stage, other)).articles.at(-1)?.text, 'Provate adesso.');
  });

  test('W9 bad input is answered at its field, with what was typed, and sends nothing', async () => {
    for (const [inputs, said] of [
      [{ to: ' ' }, /Manca l’indirizzo/],
      [{ to: 'fornitore' }, /“fornitore” non è un indirizzo e-mail/],
      [{ to: 'a@b.it\r\nBcc: c@d.it' }, /“Bcc:” non è un indirizzo/],
      [{ to: 'a1@b.it a2@b.it a3@b.it a4@b.it a5@b.it a6@b.it' }, /Al massimo 5 indirizzi/],
      [{ to: SUPPLIER, article: '77' }, /Questa comunicazione non c’è/],
      [{ to: SUPPLIER, minutes: 'tanti' }, /I minuti sono/],
      [{ to: SUPPLIER, text: 'x'.repeat(10_001) }, /massimo è 10\.000/],
    ] as const) {
      const answer = await forward('', inputs);
      assert.match(wordsIn(answer), said);
      assert.equal(
        inputsOf(cardIn(answer)).to,
        inputs.to.trim() === '' ? inputs.to : inputsOf(cardIn(answer)).to,
      );
    }
    assert.equal(world.sent.length, 0);
    assert.deepEqual(await historyOf(stage, ticket), ['opened']);
  });

  test('A1 W9 who does not work the queue has no button, and forging it does nothing', async () => {
    const button = buttonsOf(await look(stage, 'anna', card)).find(({ data }) => data.form === 'forward');
    assert.ok(button);
    const forged = { ...button.data, verb: 'forward', to: SUPPLIER, article: '1' };
    assert.match(wordsIn(await press(stage, 'dario', card, forged)), /Servizi finanziari/);
    await stage.settle();
    assert.equal(world.sent.length, 0);
  });

  test('N3 W9 a mailbox that lets the desk in no longer is told once, until it does again', async () => {
    const alerts = () =>
      heardBy(stage, 'elena')
        .map(wordsOf)
        .filter((words) => /La posta non funziona \(IMAP\)/.test(words));
    world.mailbox.refuse(true);
    await lookIntoMailbox();
    await lookIntoMailbox();
    await lookIntoMailbox();
    assert.equal(alerts().length, 1);
    assert.match(alerts()[0] ?? '', /npm run doctor/);
    world.mailbox.refuse(false);
    await lookIntoMailbox();
    await stage.pass(10 * MINUTE);
    await stage.settle();
    assert.match(alerts()[0] ?? '', /^Risolto/);
    assert.doesNotMatch(stage.log.join(''), /sportello@comune|p@ss/);
  });
});

test('W9 without a mail server there is no button, and its press is unknown', async () => {
  const stage = await setStage();
  const ticket = await openTicket(stage);
  const card = queueCardOf(stage, ticket);
  const buttons = buttonsOf(await look(stage, 'anna', card));
  assert.ok(!buttons.some(({ data }) => data.form === 'forward'));
  const [any] = buttons;
  assert.ok(any);
  const forged = { ...any.data, verb: 'forward', to: SUPPLIER, article: '1' };
  assert.doesNotMatch(wordsIn(await press(stage, 'anna', card, forged)), /Inoltrata/);
  assert.deepEqual(await historyOf(stage, ticket), ['opened']);
  await stage.stop();
});
