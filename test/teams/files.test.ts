import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { after, before, describe, test } from 'node:test';
import type { Ticket } from '../../src/domain/ticket.ts';
import type { MessageView } from '../../src/local/protocol.ts';
import { PERSON } from '../support/desk.ts';
import { deliver, message } from './support/activities.ts';
import { dialogsOf, linksOf, textOf, wordsOf } from './support/cards.ts';
import {
  CLEAR,
  heardBy,
  historyOf,
  lastHeardBy,
  look,
  openTicket,
  queueCardOf,
  reread,
  say,
  type Who,
} from './support/people.ts';
import { type Stage, setStage } from './support/stage.ts';

const QUARTER_HOUR_MS = 15 * 60_000;
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const PDF = Buffer.from('%PDF-1.4 mandato 1234/2026');

describe('T15 attachments', () => {
  let stage: Stage;
  let ticket: Ticket;
  before(async () => {
    stage = await setStage({ bot: { sharedSecret: 'known to all instances' } });
  });
  after(() => stage.stop());

  const upload = (name: string, contentType: string, bytes: Uint8Array) =>
    stage.local.upload({ name, contentType, bytes }).id;
  const dialog = async (who: Who, at: MessageView, verb = 'attachments', number = ticket.number) =>
    stage.local.dialog({
      ...{ as: PERSON[who], conversation: at.conversation, message: at.id, step: 'fetch' },
      data: { verb, number },
    });
  const linksFor = async (who: Who, at: MessageView) => {
    const opened = await dialog(who, at);
    assert.equal(opened.kind, 'dialog');
    return opened.kind === 'dialog' ? linksOf(opened.card) : [];
  };

  test('T15 a screenshot that comes with the first message, and a file that comes later, are on the ticket', async () => {
    await say(stage, 'maria', CLEAR, { files: [upload('errore.png', 'image/png', PNG)] });
    await stage.settle();
    await say(stage, 'maria', 'questo è il mandato', {
      files: [upload('mandato 1234 – copia.pdf', 'application/pdf', PDF)],
    });
    await stage.settle();
    assert.match(lastHeardBy(stage, 'maria').text ?? '', /Aggiunto alla richiesta che stiamo preparando/);
    const draft = await stage.store.pendingDraftOf(PERSON.maria);
    assert.equal(draft?.attachments.length, 2);
    const form = heardBy(stage, 'maria')[0] as MessageView;
    const pressed = await stage.local.press({
      ...{ as: PERSON.maria, conversation: form.conversation, message: form.id },
      action: {
        type: 'Action.Execute',
        verb: 'sendRequest',
        data: { draft: draft?.id, version: draft?.version },
      },
    });
    assert.equal(pressed.kind, 'card');
    await stage.settle();
    const [made] = await stage.store.ticketsOf(PERSON.maria, 1);
    assert.ok(made);
    ticket = made;
    assert.deepEqual(
      made.articles[0]?.attachments.map(({ name, contentType, size }) => [name, contentType, size]),
      [
        ['immagine 2026-11-05 10.00.00.png', 'image/png', PNG.length],
        ['mandato 1234 – copia.pdf', 'application/pdf', PDF.length],
      ],
    );
  });

  test('T15 each opens by its link in the dialog, with its bytes and its name, and never as a page', async () => {
    const card = queueCardOf(stage, ticket);
    const shown = await look(stage, 'anna', card);
    assert.ok(dialogsOf(shown).some(({ verb }) => verb === 'attachments'));
    const [pdf, image, ...more] = await linksFor('anna', card);
    assert.equal(more.length, 0);
    const got = await Promise.all(
      [pdf, image].map(async (url) => {
        const response = await fetch(url ?? '');
        assert.equal(response.status, 200);
        assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
        assert.match(response.headers.get('content-security-policy') ?? '', /sandbox/);
        const bytes = Buffer.from(await response.arrayBuffer());
        return { bytes, disposition: response.headers.get('content-disposition') };
      }),
    );
    assert.deepEqual(got[0]?.bytes, PDF);
    assert.equal(
      got[0]?.disposition,
      `attachment; filename*=UTF-8''${encodeURIComponent('mandato 1234 – copia.pdf')}`,
    );
    assert.deepEqual(got[1]?.bytes, PNG);
    assert.match(got[1]?.disposition ?? '', /^inline/);
  });

  test('T15 the requester gets the same files, somebody else none', async () => {
    assert.equal((await linksFor('maria', heardBy(stage, 'maria')[0] as MessageView)).length, 2);
    const refused = await stage.local.dialog({
      ...{ as: PERSON.luca, conversation: stage.local.personalChat(PERSON.luca), step: 'fetch' },
      data: { verb: 'attachments', number: ticket.number },
    });
    assert.ok(refused.kind === 'dialog' && /Non trovo questa richiesta/.test(textOf(refused.card)));
    assert.deepEqual(linksOf(refused.card), []);
  });

  test('A2 a link opens nothing when its id, name, type, time or signature is another', async () => {
    const [link = ''] = await linksFor('anna', queueCardOf(stage, ticket));
    const [, other = ''] = await linksFor('anna', queueCardOf(stage, ticket));
    const changed = (change: (url: URL) => void) => {
      const url = new URL(link);
      change(url);
      return url.href;
    };
    const path = new URL(link).pathname;
    const wrong = [
      changed((url) => {
        url.pathname = new URL(other).pathname;
      }),
      changed((url) => {
        url.pathname = `${path.slice(0, -1)}${path.endsWith('0') ? '1' : '0'}`;
      }),
      changed((url) => {
        url.pathname = '/attachments/..%2F..%2Fetc%2Fpasswd';
      }),
      changed((url) => url.searchParams.set('name', 'altro.html')),
      changed((url) => url.searchParams.set('type', 'text/plain')),
      changed((url) => url.searchParams.set('until', String(Number.MAX_SAFE_INTEGER))),
      changed((url) => url.searchParams.set('signature', new URL(other).searchParams.get('signature') ?? '')),
      changed((url) => url.searchParams.set('signature', '')),
      changed((url) => url.searchParams.delete('signature')),
      link.split('?')[0] as string,
    ];
    for (const url of wrong) {
      const response = await fetch(url);
      assert.equal(response.status, 404, url);
      assert.match(await response.text(), /open the card again/);
    }
    assert.equal((await fetch(link)).status, 200, 'the true one opens all the time');
  });

  test('T15 a link expires by the clock, and the dialog gives a new one; a restart ends none', async () => {
    const [link = ''] = await linksFor('anna', queueCardOf(stage, ticket));
    stage.clock.advance(QUARTER_HOUR_MS);
    const statusOf = async (url: string) => {
      const response = await fetch(url);
      await response.arrayBuffer();
      return response.status;
    };
    assert.equal(await statusOf(link), 200);
    const path = link.slice(link.indexOf('/attachments/'));
    await stage.restart();
    assert.equal(await statusOf(stage.url + path), 200);
    stage.clock.advance(1);
    assert.equal(await statusOf(stage.url + path), 404);
    const [fresh = ''] = await linksFor('anna', queueCardOf(stage, ticket));
    assert.equal(await statusOf(fresh), 200);
  });

  test('A6 a download that nobody reads does not keep the bot from stopping', async () => {
    const files = [upload('grande.bin', 'application/octet-stream', Buffer.alloc(15_000_000, 7))];
    await say(stage, 'maria', `${ticket.number} ecco il tracciato`, { files });
    await stage.settle();
    const [link = ''] = await linksFor('anna', queueCardOf(stage, ticket));
    const { port, pathname, search } = new URL(link);
    const reader = connect(Number(port), '127.0.0.1').pause();
    await once(reader, 'connect');
    reader.write(`GET ${pathname}${search} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    await once(reader, 'readable');
    await stage.restart();
    reader.destroy();
  });

  test('T15 a file on its own goes to the one ticket that is open, and the same bytes are kept once', async () => {
    await say(stage, 'maria', '', { files: [upload('di nuovo.png', 'image/png', PNG)] });
    await stage.settle();
    assert.match(lastHeardBy(stage, 'maria').text ?? '', /Allegato aggiunto alla richiesta 2026110510000019/);
    const added = (await reread(stage, ticket)).articles.at(-1);
    assert.equal(added?.text, '');
    assert.equal(added?.attachments[0]?.id, createHash('sha256').update(PNG).digest('hex'));
    assert.equal(added?.attachments[0]?.id, ticket.articles[0]?.attachments[0]?.id);
  });

  test('N2 no notification carries a file', async () => {
    for (const who of ['maria', 'anna', 'dario'] as const)
      for (const { files } of heardBy(stage, who)) assert.deepEqual(files, []);
    assert.deepEqual(queueCardOf(stage, ticket).files, []);
  });

  test('T15 a file above 20 MiB is named and left out; the words it came with arrive', async () => {
    const steps = (await historyOf(stage, ticket)).length;
    const big = upload('video.bin', 'application/octet-stream', Buffer.alloc(20 * 1024 * 1024 + 1));
    await say(stage, 'maria', `${ticket.number} ecco il filmato`, { files: [big] });
    await stage.settle();
    assert.match(lastHeardBy(stage, 'maria').text ?? '', /“video.bin” supera i 20 MB e non è stato aggiunto/);
    const now = await reread(stage, ticket);
    assert.deepEqual((await historyOf(stage, ticket)).slice(steps), ['requesterWrote']);
    assert.deepEqual(now.articles.at(-1)?.attachments, []);
  });

  test('T15 a file that cannot be fetched is named; alone it changes nothing', async () => {
    stage.local.addFault({ path: '/v3/attachments/', effect: { kind: 'status', status: 503 } });
    const before = await reread(stage, ticket);
    await say(stage, 'maria', '', { files: [upload('rotta.png', 'image/png', PNG)] });
    stage.local.clearFaults();
    await stage.settle();
    assert.match(
      lastHeardBy(stage, 'maria').text ?? '',
      /Non sono riuscito a leggere “immagine 2026-11-05 10\.\d\d\.\d\d\.png”/,
    );
    assert.deepEqual(await reread(stage, ticket), before);
  });

  test('T15 pasted pictures are told apart by when they came, and keep that name', async () => {
    const pictures = [upload('uno.png', 'image/png', PNG), upload('due.png', 'image/png', PNG)];
    await say(stage, 'maria', `${ticket.number} le schermate`, { files: pictures });
    stage.clock.advance(65_000);
    await say(stage, 'maria', `${ticket.number} e un’altra`, {
      files: [upload('tre.png', 'image/png', PNG)],
    });
    await stage.settle();
    const names = async () =>
      (await reread(stage, ticket)).articles
        .slice(-2)
        .flatMap(({ attachments }) => attachments.map(({ name }) => name));
    const given = await names();
    const [first = '', second = '', third = ''] = given;
    assert.match(first, /^immagine 2026-11-05 10\.\d\d\.\d\d\.png$/);
    assert.equal(second, first.replace('.png', ' (2).png'));
    assert.equal(new Set([first, second, third]).size, 3);
    stage.clock.advance(3_600_000);
    assert.deepEqual(await names(), given);
  });

  test('A2 addresses of files that no Teams would send are not followed', async () => {
    for (const [index, url] of ['file:///etc/passwd', 'http://example.org/x', 'nonsense', ''].entries()) {
      const activity = message(stage, 'elena', 'la PEC non riceve messaggi', {
        id: String(1_793_869_100_000 + index),
        attachments: [
          { contentType: 'image/png', contentUrl: url },
          {
            contentType: 'application/vnd.microsoft.teams.file.download.info',
            name: 'x.txt',
            content: { downloadUrl: url, fileType: 'txt' },
          },
        ],
      });
      assert.equal((await deliver(stage, activity)).status, 200);
      await stage.settle();
      assert.deepEqual((await stage.store.pendingDraftOf(PERSON.elena))?.attachments, []);
    }
    assert.match(wordsOf(lastHeardBy(stage, 'elena')), /Non sono riuscito a leggere/);
  });

  test('T15 names that are hostile or broken do no harm on cards and in headers', async () => {
    const names = [
      'a"b\r\nx: y.txt',
      '../../etc/passwd',
      '[x](https://a.example)',
      'mezza\ud800.txt',
      '%00.txt',
    ];
    const made = await openTicket(stage, 'anna', {
      text: 'la fattura elettronica risulta scartata dallo SDI',
    });
    const host = createServer((_, response) => response.end(PDF)).listen(0, '127.0.0.1');
    await once(host, 'listening');
    const downloadUrl = `http://127.0.0.1:${(host.address() as AddressInfo).port}/file`;
    for (const [index, name] of names.entries()) {
      const activity = message(stage, 'anna', `${made.number} ecco`, {
        id: String(1_793_869_200_000 + index),
        attachments: [
          {
            contentType: 'application/vnd.microsoft.teams.file.download.info',
            name,
            content: { downloadUrl, fileType: 'txt' },
          },
        ],
      });
      assert.equal((await deliver(stage, activity)).status, 200);
      await stage.settle();
    }
    host.close();
    const opened = await dialog('anna', queueCardOf(stage, made), 'attachments', made.number);
    assert.equal(opened.kind, 'dialog');
    const links = opened.kind === 'dialog' ? linksOf(opened.card) : [];
    assert.equal(links.length, names.length, textOf(opened.kind === 'dialog' ? opened.card : {}));
    for (const link of links) {
      const response = await fetch(link);
      assert.equal(response.status, 200, link);
      assert.equal(response.headers.get('x'), null);
      assert.deepEqual(Buffer.from(await response.arrayBuffer()), PDF);
    }
  });
});
