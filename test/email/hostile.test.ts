/** Mail that nobody wrote in good faith, or that no standard knows (W9): read, or left where it is, and never a fault. */

import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, test } from 'node:test';
import { readBody } from '../../src/email/body.ts';
import { readHead } from '../../src/email/head.ts';
import { withoutAddresses } from '../../src/email/reason.ts';
import { readReport } from '../../src/email/report.ts';

const OWN = 'sportello@comune.example';
const crlf = (text: string) => Buffer.from(text.replace(/\n/g, '\r\n'));
const head = (text: string) => readHead(crlf(`${text}\n\n`), OWN);

async function body(source: string | Buffer) {
  const files: { name: string | undefined; size: number }[] = [];
  const bytes = typeof source === 'string' ? crlf(source) : source;
  const read = await readBody(Readable.from(slices(bytes)), async ({ name, content }) => {
    files.push({ name, size: (await buffer(content)).length });
  });
  return { read: read === 'unreadable' ? read : read.text.trim(), files };
}

function* slices(bytes: Buffer): Generator<Buffer> {
  for (let from = 0; from < bytes.length; from += 65_536) yield bytes.subarray(from, from + 65_536);
}

describe('W9 heads of mails', () => {
  test('W9 encoded and folded words are read as they were meant', async () => {
    const read = await head(
      'From: =?iso-8859-1?Q?Nicol=F2_Neri?= <n@fornitore.example>\nSubject: R: =?utf-8?B?W1RpY2tldCMxMl0=?=\n  perch=?utf-8?Q?=C3=A9?=\nReferences: <a@b>\n <c@d>\nIn-Reply-To: <c@d>',
    );
    assert.deepEqual(read.from, { name: 'Nicolò Neri', address: 'n@fornitore.example' });
    assert.match(read.subject, /^R: \[Ticket#12\] perch/);
    assert.deepEqual(read.answers, ['<c@d>', '<a@b>', '<c@d>']);
    assert.equal(read.automatic, false);
  });

  test('W9 a head without anything, of noise, or ten million characters long does no harm', async () => {
    assert.equal((await head('')).subject, '');
    assert.equal((await head('From: <>\nSubject:')).from, undefined);
    assert.equal((await head('\0\u0001 : x\n:::\nFrom')).from, undefined);
    // Left in the mailbox where it is too much for anybody.
    const endless = await head(`From: a@b.it\nSubject: ${'x'.repeat(10_000_000)}`).catch(() => undefined);
    assert.ok(endless === undefined || endless.from?.address === 'a@b.it');
    const many = await head(`References: ${'<a@b> '.repeat(100_000)}`);
    assert.ok(many.answers.length <= 50);
  });

  test('W9 Auto-Submitted: no is said by people’s programs, and anything else by none', async () => {
    for (const [field, automatic] of [
      ['Auto-Submitted: no', false],
      ['Auto-Submitted: auto-generated (rejected)', true],
      ['Precedence: first-class', false],
      ['Precedence: list', true],
      ['X-Auto-Response-Suppress: None', false],
      ['X-Auto-Response-Suppress: OOF, AutoReply', true],
      ['X-Autoreply: yes', true],
      ['Return-Path: <>', true],
      ['Return-Path: <a@b.it>', false],
    ] as const)
      assert.equal((await head(`From: a@b.it\n${field}`)).automatic, automatic, field);
  });
});

describe('W9 bodies of mails', () => {
  test('W9 a charset that is wrong or unknown still gives a text', async () => {
    const latin = Buffer.concat([
      crlf('Content-Type: text/plain; charset=utf-8\n\n'),
      Buffer.from('Perch\xe9', 'latin1'),
    ]);
    assert.match((await body(latin)).read, /^Perch.$/);
    assert.equal((await body('Content-Type: text/plain; charset=x-klingon\n\nEcco')).read, 'Ecco');
  });

  test('W9 HTML gives its words, and nothing that could run or be fetched', async () => {
    const { read } = await body(
      'Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<style>p{}</style><script>alert(1)</script><p onclick="x()">Ecco <a href="https://x.example">qui</a><img src="https://x.example/p.gif"></p>\n--b--',
    );
    assert.match(read, /Ecco qui/);
    assert.doesNotMatch(read, /alert|onclick|<|p\{/);
  });

  test('W9 what is cut off, nested without end or no mail at all is read as far as it goes', async () => {
    const cut = await body(
      'Content-Type: multipart/mixed; boundary=b\n\n--b\n\nEcco\n--b\nContent-Disposition: attachment; filename=a.pdf\nContent-Transfer-Encoding: base64\n\nJVBE',
    );
    assert.deepEqual(cut, { read: 'Ecco', files: [{ name: 'a.pdf', size: 3 }] });
    const nested = Array.from(
      { length: 2_000 },
      (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\n\n--b${i}\n`,
    ).join('');
    assert.ok(await body(`${nested}\nEcco`));
    assert.ok(await body(Buffer.from(Array.from({ length: 5_000 }, (_, i) => (i * 31) % 256))));
    assert.equal((await body('')).read, '');
  });

  test('W9 a head of ten million characters inside a mail is left, or read over', async () => {
    assert.ok(await body(`X-Long: ${'x'.repeat(10_000_000)}\n\nEcco`));
  });

  test('T15 W9 a file that nobody wants to the end is read over, and the next one is whole', async () => {
    const part = (name: string, size: number) =>
      `--b\nContent-Disposition: attachment; filename=${name}\nContent-Transfer-Encoding: base64\n\n${Buffer.alloc(size, 7).toString('base64').replace(/.{76}/g, '$&\n')}\n`;
    const source = crlf(
      `Content-Type: multipart/mixed; boundary=b\n\n${part('big', 300_000)}${part('small', 10)}--b--`,
    );
    const sizes: Record<string, number> = {};
    await readBody(Readable.from(slices(source)), async ({ name = '', content }) => {
      for await (const chunk of content) {
        sizes[name] = (sizes[name] ?? 0) + chunk.length;
        if (name === 'big') break;
      }
    });
    assert.ok((sizes.big ?? 0) < 300_000);
    assert.equal(sizes.small, 10);
  });

  test('A3 W9 a connection that is lost, and a store that fails, are faults and no mails', async () => {
    const lost = new Readable({ read() {} });
    lost.push('Subject: x\r\n\r\nEc');
    const reading = readBody(lost, async () => {});
    lost.destroy(new Error('lost'));
    await assert.rejects(reading, /lost/);
    const source = Readable.from(crlf('Content-Disposition: attachment; filename=a\n\nEcco'));
    await assert.rejects(
      readBody(source, async () => {
        throw new Error('disk full');
      }),
      /disk full/,
    );
  });
});

describe('W9 reports of mail servers', () => {
  const ours = '<sportello.2026110510000019.2@comune.example>';

  test('A9 W9 say whom they did not reach and why, by the status code and in no words of theirs', () => {
    const report = `Final-Recipient: RFC822;ada@fornitore.example\nAction: failed\nDiagnostic-Code: smtp; 550 5.1.1\n <ada@fornitore.example>... User unknown\n\nMessage-ID: ${ours}\n`;
    assert.deepEqual(readReport(report), {
      about: [ours],
      addresses: ['ada@fornitore.example'],
      reason: '5.1.1',
    });
  });

  test('W9 that speak of nothing of ours, or of a delay, are none', () => {
    assert.equal(readReport(`Action: delayed\n${ours}`), undefined);
    assert.equal(readReport('Action: failed\n<1@fornitore.example>'), undefined);
  });

  test('A6 W9 no address stays in what is logged', () => {
    assert.equal(withoutAddresses('550 <ada@b.it>,\r\n ada.neri@b.it: \u0007no'), '550 <…>, …: no');
  });
});
