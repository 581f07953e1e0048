import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { ImapFlow } from 'imapflow';
import { simpleParser } from 'mailparser';
import { createTransport } from 'nodemailer';
import { createMovableClock } from '../../src/local/clock.ts';
import { type LocalTeams, startLocalTeams } from '../../src/local/local-teams.ts';
import type { LiveEvent, MailView } from '../../src/local/protocol.ts';
import { callUrl } from './support/bot.ts';
import { scenario } from './support/scenario.ts';

const OWN = 'sportello@comune.example';
const SUPPLIER = 'assistenza@fornitore.example';
const SUBJECT = '[Ticket#2026110500000015] Perché “soggetto inesistente” esce così spesso nei mandati?';

async function start(t: TestContext, file = ':memory:'): Promise<LocalTeams> {
  const clock = createMovableClock(() => 1_800_000_000_000);
  const teams = await startLocalTeams({ scenario, clock, port: 0, file, mailAddress: OWN });
  t.after(() => teams.close());
  return teams;
}

/** As a bot would that knows nothing but its settings. */
function send({ settings }: LocalTeams, to: readonly string[] = [SUPPLIER]) {
  return createTransport({ url: settings.SMTP_URL, ignoreTLS: true }).sendMail({
    from: settings.MAIL_FROM,
    to: [...to],
    subject: SUBJECT,
    text: 'Ci aiutate?',
    messageId: '<1@comune.example>',
    attachments: [{ filename: 'mandato 1482.txt', content: 'SCARTATO' }],
  });
}

/** What is unread in the bot's mailbox, which is marked as read. */
async function takeMail({ settings }: LocalTeams): Promise<Buffer[]> {
  const url = new URL(settings.IMAP_URL ?? '');
  const client = new ImapFlow({
    host: url.hostname,
    port: Number(url.port),
    secure: false,
    doSTARTTLS: false,
    auth: { user: decodeURIComponent(url.username), pass: url.password },
    logger: false,
  });
  await client.connect();
  await client.mailboxOpen('INBOX');
  const sources: Buffer[] = [];
  for (const uid of (await client.search({ seen: false }, { uid: true })) || []) {
    const { content } = await client.download(String(uid), undefined, { uid: true });
    sources.push(Buffer.concat((await content?.toArray()) ?? []));
    await client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true });
  }
  await client.logout();
  return sources;
}

const mailsOf = async ({ url }: LocalTeams): Promise<readonly MailView[]> =>
  (await callUrl(`${url}/local/mails`, 'GET', {})).body;

test('W9 local Teams: what the bot sends arrives outside, at each address by itself', async (t) => {
  const teams = await start(t);
  await send(teams, [SUPPLIER, 'altri@fornitore.example']);
  const mails = await mailsOf(teams);
  assert.deepEqual(mails.map(({ to }) => to).sort(), ['altri@fornitore.example', SUPPLIER]);
  const { id, to, files, ...first } = mails[0] as MailView;
  assert.deepEqual(first, {
    at: 1_800_000_000_000,
    subject: SUBJECT,
    text: 'Ci aiutate?',
    messageId: '<1@comune.example>',
    answers: [],
  });
  assert.deepEqual(
    files.map(({ name, contentType, size }) => [name, contentType, size]),
    [['mandato 1482.txt', 'text/plain', 8]],
  );
  const file = await fetch(`${teams.url}${files[0]?.url}`);
  assert.equal(await file.text(), 'SCARTATO');
  assert.equal(teams.session().mail, true);
});

test('W9 local Teams: an answer is in the bot’s mailbox as a mail program sends it, once', async (t) => {
  const teams = await start(t);
  await send(teams);
  const [mail] = await mailsOf(teams);
  const text = 'È un difetto noto:\naggiornate il client.\n\n.';
  const answered = await callUrl(`${teams.url}/local/answers`, 'POST', {}, { mail: mail?.id, text });
  assert.deepEqual(answered.body.answers, [{ at: 1_800_000_000_000, text }]);
  const [source, ...more] = await takeMail(teams);
  assert.equal(more.length, 0);
  assert.ok(
    source
      ?.toString()
      .split('\r\n')
      .every((line) => line.length <= 76 && /^[ -~]*$/.test(line)),
  );
  const read = await simpleParser(source as Buffer);
  assert.deepEqual(
    [read.from?.value?.[0]?.address, read.subject, read.inReplyTo, read.text?.trim()],
    [SUPPLIER, `Re: ${SUBJECT}`, '<1@comune.example>', text],
  );
  assert.deepEqual(await takeMail(teams), [], 'what was read stays read');
  for (const [wrong, status] of [
    [{ mail: '1', text }, 404],
    [{ mail: mail?.id, text: ' \n' }, 400],
    [{ mail: mail?.id }, 400],
  ] as const)
    assert.equal((await callUrl(`${teams.url}/local/answers`, 'POST', {}, wrong)).status, status);
  assert.deepEqual(await takeMail(teams), []);
});

test('A3 W9 local Teams: mails and what is unread outlive a restart, and a reset takes both', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'local-teams-'));
  t.after(() => rm(folder, { recursive: true }));
  const before = await start(t, join(folder, 'teams.db'));
  await send(before);
  const [mail] = await mailsOf(before);
  await before.outside?.answer({ mail: mail?.id ?? '', text: 'Fatto.' });
  const told = await mailsOf(before);
  await before.close();
  const after = await start(t, join(folder, 'teams.db'));
  assert.notEqual(after.settings.IMAP_URL, before.settings.IMAP_URL);
  assert.deepEqual(await mailsOf(after), told);
  assert.equal((await takeMail(after)).length, 1);
  await after.outside?.answer({ mail: mail?.id ?? '', text: 'Ancora.' });
  await after.reset();
  assert.deepEqual([await mailsOf(after), await takeMail(after)], [[], []]);
});

test('W9 local Teams: those outside are told at once, and nobody else', async (t) => {
  const teams = await start(t);
  const heard: LiveEvent[] = [];
  teams.listen(teams.session().me.aadObjectId, (event) => heard.push(event));
  const stop = new AbortController();
  t.after(() => stop.abort());
  const stream = await fetch(`${teams.url}/local/events?as=outside`, { signal: stop.signal });
  await send(teams);
  let said = '';
  for await (const chunk of stream.body ?? []) {
    said += Buffer.from(chunk).toString();
    if (said.includes('\n\ndata: ') && said.endsWith('\n\n')) break;
  }
  assert.match(said, /"type":"mail".*Ticket#2026110500000015/);
  assert.deepEqual(heard, []);
});

test('W9 local Teams: its mail servers know the bot alone, and say so where they do not understand', async (t) => {
  const teams = await start(t);
  const wrong = { ...teams.settings, SMTP_URL: teams.settings.SMTP_URL?.replace(/:[^:@]+@/, ':x@') ?? '' };
  await assert.rejects(send({ ...teams, settings: wrong }), /535/);
  const bare = { ...teams.settings, SMTP_URL: teams.settings.SMTP_URL?.replace(/\/\/.*@/, '//') ?? '' };
  await assert.rejects(send({ ...teams, settings: bare }), /530/);
  assert.deepEqual(await mailsOf(teams), []);
  const { port, username, password } = new URL(teams.settings.IMAP_URL ?? '');
  const login = `LOGIN "${decodeURIComponent(username)}" "${password}"`;
  const socket = connect(Number(port), '127.0.0.1');
  const lines = [
    'SELECT INBOX',
    login.replace(/"$/, 'x"'),
    'UID SEARCH UNSEEN',
    login,
    'SELECT Altro',
    'EXAMINE INBOX',
    'SEARCH ALL',
    'UID SEARCH FROM ada',
    'APPEND INBOX {1}',
    '',
    'LOGOUT',
  ];
  socket.write(lines.map((line, index) => `a${index} ${line}\r\n`).join(''));
  let said = '';
  socket.on('data', (chunk) => (said += chunk.toString()));
  await once(socket, 'close');
  assert.deepEqual(
    [...said.matchAll(/^a\d+ (\w+)/gm)].map(([, word]) => word),
    ['BAD', 'NO', 'BAD', 'OK', 'NO', 'OK', 'BAD', 'BAD', 'BAD', 'BAD', 'OK'],
  );
});
