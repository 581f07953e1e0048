import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import {
  type ArrivedMail,
  type BrokenAttempt,
  isMailBroke,
  type Mailbox,
  type MailsAside,
} from '../../src/app/ports/mail.ts';
import { createMailbox } from '../../src/email/imap.ts';
import { createParsing } from '../../src/email/parsing.ts';
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
    broken.length = 0;
    setAside.clear();
    mailbox = createMailbox(world.settings, signalsInto(log).log);
  });
  afterEach(() => world.close());

  const broken: BrokenAttempt[] = [];
  const setAside = new Set<string>();
  const aside: MailsAside = {
    among: async () => setAside,
    broke: async (attempt) => void broken.push(attempt),
  };
  const look = (take: (mail: ArrivedMail) => Promise<'taken' | 'left' | 'later'>) =>
    mailbox?.look(take, () => false, aside);

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

describe('A9 mails that come later', () => {
  let world: MailWorld;
  beforeEach(async () => {
    world = await startMailWorld();
  });
  afterEach(() => world.close());

  test('A9 W9 wait in the mailbox, and more of them than are looked at at once hold up nobody', async () => {
    for (let i = 0; i < 55; i++) world.mailbox.arrive('From: flood@fornitore.example\n\nx\n');
    const good = world.mailbox.arrive('From: ada@fornitore.example\n\nx\n');
    const mailbox = createMailbox(world.settings, signalsInto([]).log);
    const asked: string[] = [];
    const take = async ({ from }: ArrivedMail) => {
      asked.push(from?.address ?? '');
      return from?.address === 'ada@fornitore.example' ? ('taken' as const) : ('later' as const);
    };
    const aside = { among: async () => new Set<string>(), broke: async () => {} };
    for (const _ of [1, 2]) await mailbox?.look(take, () => false, aside);
    assert.ok(good.flags.has('\\Seen'));
    assert.equal(asked.length, 56, 'each of them once');
  });
});

/** In place of the parser: what a mail says is what it does to the thread that reads it. */
const PARSER = `
import { parentPort } from 'node:worker_threads';
parentPort.on('message', ({ source, own }) => {
  const said = Buffer.from(source).toString();
  if (said.includes('endless')) for (;;);
  if (said.includes('ending')) process.exit();
  if (said.includes('filling')) for (const all = []; ; ) all.push(new Array(1e5).fill(all.length));
  if (said.includes('throwing')) throw new RangeError('x');
  const value = { subject: said, answers: [], automatic: false, isReport: false };
  parentPort.postMessage(said.includes('unreadable') ? { kind: 'broke', reason: 'TypeError' } : { kind: 'done', value });
});`;

describe('A9 mails are parsed where a standstill stops nobody', () => {
  let world: MailWorld;
  beforeEach(async () => {
    world = await startMailWorld();
  });
  afterEach(() => world.close());

  test('A9 W9 a mail that stops its parser is given up, and those behind it are handed over', async () => {
    const kinds = ['endless', 'ending', 'filling', 'throwing', 'unreadable'];
    for (const kind of kinds) world.mailbox.arrive(`Subject: ${kind}\n\nx\n`);
    const good = world.mailbox.arrive('Subject: good\n\nx\n');
    const program = new URL(`data:text/javascript,${encodeURIComponent(PARSER)}`);
    const parsing = createParsing({ program, silentMs: 4_000, heapMiB: 24 });
    const mailbox = createMailbox(world.settings, signalsInto([]).log, parsing);
    const handed: string[] = [];
    const broken: BrokenAttempt[] = [];
    const aside = {
      among: async () => new Set<string>(),
      broke: async (one: BrokenAttempt) => void broken.push(one),
    };
    const take = async ({ subject }: ArrivedMail) => {
      handed.push(subject.trim());
      return 'taken' as const;
    };
    assert.deepEqual(await mailbox?.look(take, () => false, aside), { kind: 'looked' });
    assert.deepEqual(handed, ['Subject: good']);
    assert.ok(good.flags.has('\\Seen'));
    assert.deepEqual(
      broken.map(({ uid, error }) => [uid, isMailBroke(error)]),
      kinds.map((_, index) => [11 + index, true]),
    );
    assert.match(String(broken[0]?.error), /no end within 4000 ms/);
    // Set aside, it is not even looked at: the others are tried again.
    handed.length = 0;
    broken.length = 0;
    const all = async () => new Set(['7.11', '7.12', '7.13', '7.14']);
    await mailbox?.look(take, () => false, { ...aside, among: all });
    assert.deepEqual([handed, broken.map(({ uid }) => uid)], [[], [15]]);
  });

  test('A9 W9 files go through the thread as they are, and one that is not wanted is read over', async () => {
    const bytes = Buffer.alloc(700_000, 'abc');
    const file = (name: string) =>
      `--b\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename=${name}\n\n${bytes.toString('base64').replace(/.{76}/g, '$&\n')}\n`;
    world.mailbox.arrive(
      `From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n${file('1.pdf')}${file('2.pdf')}${file('3.pdf')}--b\nContent-Type: text/plain\n\nEcco.\n--b--\n`,
    );
    const mailbox = createMailbox(world.settings, signalsInto([]).log);
    const got: unknown[] = [];
    const aside = {
      among: async () => new Set<string>(),
      broke: async ({ error }: BrokenAttempt) => void got.push(error),
    };
    await mailbox?.look(
      async (mail) => {
        const read = await mail.read(async ({ name, contentType, content }) => {
          if (name === '2.pdf') return;
          const chunks: Uint8Array[] = [];
          for await (const chunk of content) chunks.push(chunk);
          got.push([name, contentType, Buffer.concat(chunks).equals(bytes)]);
        });
        got.push(read);
        return 'taken';
      },
      () => false,
      aside,
    );
    assert.deepEqual(got, [
      ['1.pdf', 'application/pdf', true],
      ['3.pdf', 'application/pdf', true],
      { text: 'Ecco.' },
    ]);
  });
});
