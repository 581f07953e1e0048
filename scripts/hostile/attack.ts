/** Runs the attack: starts what it takes, knocks at every door with every text, and judges what `/healthz` was like. */

import { type ChildProcess, type ForkOptions, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { loadDesk } from '../../src/config/desk.ts';
import type { ConnectorReady } from '../bench/fake-connector.ts';
import { end, keep, messageOf, startPart } from '../bench/processes.ts';
import { botEnvironment, ROOT } from '../bench/sportello.ts';
import type { Asked, AskedAll } from './asker.ts';
import type { Ready, Said } from './bot.ts';
import { DOORS } from './doors.ts';
import type { Ground, Knock } from './knocks.ts';
import type { Pause } from './loop-watch.ts';
import { hostileMail, type Mails, startMails } from './mails.ts';
import { hostileText } from './texts.ts';

/** Never later, whatever is sent. */
const LIMIT_MS = 250;
/** Told of, so that one sees it coming. */
const LONG_WORK_MS = 60;
const ANSWER_MS = 60_000;
/** As many mails wait at most. */
const MAILS_AHEAD = 20;
const MAIL_MS = 120_000;
const TOLD = 12;

export type Attack = {
  readonly texts: number;
  /** Index of the first text. */
  readonly from: number;
  readonly doors: readonly string[];
  readonly atOnce: number;
  readonly print: (line: string) => void;
};

type Sent = { readonly what: string; readonly begun: number; ended: number };

/** @returns whether it held */
export async function attack({ texts, from, doors, atOnce, print }: Attack): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'sportello-hostile-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  const { ground, url, bot, mails } = await startGround(folder);
  const pauses: (Pause & { readonly sent: readonly string[] })[] = [];
  const slow: (Asked & { readonly sent: readonly string[] })[] = [];
  const failures: string[] = [];
  const underWay = new Set<Sent>();
  let recent: Sent[] = [];
  const about = (at: number, ms: number) =>
    [...recent, ...underWay]
      .filter(({ begun, ended }) => begun <= at && ended >= at - ms - 20)
      .map(({ what }) => what);
  bot.on('message', (said: Said) => {
    if (said.kind === 'pause') pauses.push({ ...said.pause, sent: about(said.pause.at, said.pause.ms) });
  });
  let gone = false;
  let ending = false;
  bot.once('exit', (code) => {
    gone = true;
    if (ending) return;
    failures.push(
      `the bot ended with ${code}, while on their way: ${[...underWay].map(({ what }) => what).join('; ')}`,
    );
  });
  const asker = start('asker.ts', { argv: [`${url}/healthz`] });
  asker.on('message', (said: Asked | AskedAll) => {
    if (said.kind === 'slow') slow.push({ ...said, sent: about(said.at, said.ms) });
  });

  asker.once('exit', () => {
    if (!ending) failures.push('whoever asks /healthz ended: what came afterwards was not measured');
  });
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const begunAt = Date.now();
  let knocks = 0;
  let mailsSent = 0;
  async function bring(what: string, doing: () => Promise<unknown>): Promise<void> {
    const sent: Sent = { what, begun: Date.now(), ended: Number.POSITIVE_INFINITY };
    underWay.add(sent);
    try {
      await doing();
    } catch (error) {
      if (!gone) failures.push(`${what}: ${error instanceof Error ? error.message : error}`);
    }
    underWay.delete(sent);
    sent.ended = Date.now();
    recent.push(sent);
    if (recent.length > 400) recent = recent.slice(-200);
  }

  const jobs = function* () {
    for (let index = from; index < from + texts; index++) for (const door of doors) yield { index, door };
  };
  const queue = jobs();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const { index, door } of queue) {
        if (gone) return;
        const { name, text } = hostileText(index);
        const what = `${door}: ${name} (text ${index})`;
        if (door === 'mail') {
          const mail = hostileMail(text, index, await forwarded(ground, mails, url, agent));
          mails.arrive(mail);
          mailsSent++;
          await bring(what, () =>
            until(() => mails.waiting() <= MAILS_AHEAD, MAIL_MS, 'mails are not fetched'),
          );
        } else {
          const knock = DOORS[door]?.(ground, text, index);
          if (knock) await bring(what, () => answered(url, knock, agent, what, failures));
          knocks++;
        }
        const done = knocks + mailsSent;
        if (done % 2_000 === 0)
          print(`${done} of ${texts * doors.length}: slowest so far ${slowest(slow).toFixed(0)} ms`);
      }
    }),
  );
  if (mailsSent > 0 && !gone)
    await bring('the last mails', () => until(() => mails.waiting() <= 0, MAIL_MS, 'mails are not fetched'));
  await sleep(1_000);
  ending = true;
  if (asker.exitCode !== null) return false;
  asker.send('end');
  const all = await messageOf<AskedAll>(asker);
  await end(asker);
  await end(bot, 15_000);
  return report({
    all,
    slow,
    pauses,
    failures,
    print,
    knocks,
    mailsSent,
    seconds: (Date.now() - begunAt) / 1_000,
  });
}

function report({
  all,
  slow,
  pauses,
  failures,
  print,
  knocks,
  mailsSent,
  seconds,
}: {
  readonly all: AskedAll;
  readonly slow: readonly (Asked & { readonly sent: readonly string[] })[];
  readonly pauses: readonly (Pause & { readonly sent: readonly string[] })[];
  readonly failures: readonly string[];
  readonly print: Attack['print'];
  readonly knocks: number;
  readonly mailsSent: number;
  readonly seconds: number;
}): boolean {
  print(
    `${knocks} requests and ${mailsSent} mails in ${seconds.toFixed(0)} s; /healthz answered ${all.answers} times.`,
  );
  // What the thread worked in the pauses that an answer had to wait for; the rest is the machine's.
  const judged = slow.map((one) => {
    const within = pauses.filter(({ at, ms }) => at >= one.at - one.ms - 50 && at - ms <= one.at + 50);
    return { ...one, worked: within.reduce((sum, { worked }) => sum + worked, 0) };
  });
  const worst = judged.toSorted((a, b) => b.ms - a.ms)[0];
  print(
    `Slowest answer: ${all.slowest.toFixed(0)} ms${worst ? `, of which the bot worked ${worst.worked.toFixed(0)} ms and the asker was kept waiting ${worst.paused.toFixed(0)} ms by the machine; then: ${worst.sent.slice(0, 6).join('; ') || 'nothing'}` : ''}.`,
  );
  const working = pauses
    .toSorted((a, b) => b.worked - a.worked)
    .filter(({ worked }) => worked > LONG_WORK_MS);
  print(`Longest work in one piece: ${(working[0]?.worked ?? 0).toFixed(0)} ms.`);
  for (const { ms, worked, sent } of working.slice(0, TOLD))
    print(`  ${worked.toFixed(0)} ms of ${ms.toFixed(0)}: ${sent.slice(0, 4).join('; ')}`);
  const late = judged.filter(({ ms }) => ms > LIMIT_MS);
  const ours = late.filter(({ worked }) => worked > LIMIT_MS);
  if (late.length > 0)
    print(
      `${late.length} answers took longer than ${LIMIT_MS} ms; in ${ours.length} of them because the bot was at work, in the others because the machine was busy elsewhere.`,
    );
  for (const failure of failures.slice(0, TOLD)) print(`FAILED ${failure}`);
  const held = ours.length === 0 && failures.length === 0;
  print(held ? 'It held.' : 'It did not hold.');
  return held;
}

function slowest(slow: readonly Asked[]): number {
  return slow.reduce((most, { ms }) => Math.max(most, ms), 0);
}

function start(file: string, options: ForkOptions & { readonly argv?: readonly string[] }): ChildProcess {
  const path = fileURLToPath(new URL(file, import.meta.url));
  return keep(fork(path, [...(options.argv ?? [])], { serialization: 'advanced', ...options }));
}

async function startGround(folder: string) {
  const loaded = await loadDesk(join(ROOT, 'desk'));
  if (!loaded.ok) throw new Error('the example desk has mistakes: npm start names them');
  const { desk } = loaded;
  const people = [...desk.people.values()];
  const members = people.map(({ id, name }) => ({ id: `29:${id}`, name, aadObjectId: id }));
  const connector = startPart('fake-connector.ts', {
    env: { ...process.env, MEMBERS: JSON.stringify(members) },
  });
  const { url: connectorUrl, authorization } = await messageOf<ConnectorReady>(connector);
  const mails = await startMails();
  const tenant = desk.tenants[0] ?? '';
  const bot = start('bot.ts', {
    env: {
      ...botEnvironment(connectorUrl, tenant),
      HOSTILE_MAIL: JSON.stringify(mails.settings),
      HOSTILE_STORE: `sqlite:${join(folder, 'sportello.db')}`,
    },
  });
  const { url, tickets, drafts } = await messageOf<Ready>(bot);
  const administrator = people.find((person) => person.administrator);
  if (!administrator) throw new Error('the example desk has no administrator');
  const ground: Ground = {
    serviceUrl: `${connectorUrl}/`,
    tenant,
    authorization,
    tickets,
    drafts,
    administrator,
  };
  return { ground, url, bot, mails };
}

let sentBefore: { readonly number: string; readonly id: string } | undefined;

/** A ticket from which something was forwarded, so that answers and reports are about something. */
async function forwarded(ground: Ground, mails: Mails, url: string, agent: Agent) {
  if (sentBefore) return sentBefore;
  const { number } = ground.tickets[0] ?? { number: '' };
  for (const [verb, fields] of [
    ['claim', {}],
    ['forward', { article: '1', to: 'ada@fornitore.example', text: 'ecco' }],
  ] as const) {
    const knock = DOORS['form on a card']?.(ground, '', 0);
    const activity = JSON.parse(knock?.body ?? '{}');
    activity.value.action = { type: 'Action.Execute', verb, data: { number, verb, ...fields } };
    if (knock) await answered(url, { ...knock, body: JSON.stringify(activity) }, agent, verb, []);
  }
  await until(() => mails.sent.length > 0, 20_000, 'nothing was forwarded').catch(() => {});
  sentBefore = { number, id: mails.sent[0] ?? `<sportello.${number}.2@comune.example>` };
  return sentBefore;
}

function answered(url: string, knock: Knock, agent: Agent, what: string, failures: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = request(`${url}${knock.path}`, {
      method: knock.method,
      agent,
      headers: knock.headers,
      timeout: ANSWER_MS,
    });
    asked.once('response', (response) => {
      if ((response.statusCode ?? 0) >= 500 && response.statusCode !== 501)
        failures.push(`${what}: answered ${response.statusCode}`);
      response.on('error', () => {});
      response.resume();
      response.once('close', resolve);
    });
    asked.once('timeout', () => asked.destroy(new Error(`no answer within ${ANSWER_MS} ms`)));
    asked.on('error', (error: NodeJS.ErrnoException) => {
      // A body that is too large is refused before it has been sent.
      if (error.code === 'ECONNRESET' || error.code === 'EPIPE') resolve();
      else reject(error);
    });
    asked.end(knock.body);
  });
}

async function until(reached: () => boolean, patienceMs: number, otherwise: string): Promise<void> {
  for (const deadline = performance.now() + patienceMs; !reached(); await sleep(5))
    if (performance.now() > deadline) throw new Error(otherwise);
}
