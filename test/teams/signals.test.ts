import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import type { Facts } from '../../src/app/ports/signals.ts';
import { signalsInto } from '../support/signals.ts';
import { deliver, message } from './support/activities.ts';
import { wordsOf } from './support/cards.ts';
import {
  act,
  heardBy,
  lastHeardBy,
  openTicket,
  press,
  queueCardOf,
  replying,
  reread,
  say,
} from './support/people.ts';
import { type Stage, setStage } from './support/stage.ts';

let stage: Stage;
afterEach(() => stage.stop());

const get = async (path: string) => {
  const response = await fetch(`${stage.url}${path}`);
  const text = await response.text();
  return { status: response.status, text, json: () => JSON.parse(text) as Record<string, unknown> };
};

test('A6 it says that it lives and that it is ready, and keeps its figures to itself where nobody asked for them', async () => {
  stage = await setStage();
  assert.equal((await get('/healthz')).status, 200);
  const ready = await get('/readyz');
  assert.deepEqual([ready.status, ready.json().ready], [200, true]);
  assert.equal((await get('/metrics')).status, 404);
});

test('A6 without a token it is not ready, and it does not hammer the login server', async () => {
  stage = await setStage();
  stage.local.addFault({ path: '/oauth2', effect: { kind: 'status', status: 503 } });
  for (let n = 0; n < 5; n++) await get('/readyz');
  const { status, json } = await get('/readyz');
  assert.deepEqual([status, json().token, json().store], [503, 'failing', 'ok']);
  assert.equal((await get('/healthz')).status, 200);
});

test('A6 the figures tell turns, decisions, refusals, deliveries and the store by kind', async () => {
  stage = await setStage({ bot: { metrics: true } });
  const ticket = await openTicket(stage);
  const card = queueCardOf(stage, ticket);
  await act(stage, 'anna', card, 'claim');
  await act(stage, 'bruno', card, 'claim').catch(() => {});
  await stage.settle();
  const { status, text } = await get('/metrics');
  assert.equal(status, 200);
  for (const line of [
    /^sportello_turn_seconds_count\{kind="message",outcome="answered"\} 1$/m,
    /^sportello_decisions_total\{command="open",outcome="done"\} 1$/m,
    /^sportello_decisions_total\{command="claim",outcome="done"\} 1$/m,
    /^sportello_deliveries_total\{kind="queueCard",outcome="sent"\} [1-9]/m,
    /^sportello_store_seconds_count\{operation="commitTicket",outcome="ok"\} [1-9]/m,
    /^sportello_outbox_deliveries 0$/m,
    /^process_cpu_seconds_total /m,
  ])
    assert.match(text, line);
  // Few series, whoever writes whatever: no label is made of what comes from outside.
  assert.ok(text.split('\n').filter((line) => line.startsWith('sportello_')).length < 1_000);
  assert.ok(!text.includes(ticket.number));
});

test('A6 whoever meets a fault is told the id that every line about it carries', async () => {
  stage = await setStage();
  const { store } = stage;
  const broken = await openTicket(stage);
  const original = store.ticket;
  (store as { ticket: unknown }).ticket = async () => {
    throw new Error(`no ticket “${broken.subject}”`);
  };
  const answer = await act(stage, 'anna', queueCardOf(stage, broken), 'claim').catch((error) => error);
  const said = JSON.stringify(answer instanceof Error ? answer.message : answer);
  (store as { ticket: unknown }).ticket = original;
  const lines = stage.log.map((line) => JSON.parse(line) as Record<string, unknown>);
  const fault = lines.find(({ msg }) => msg === 'a turn broke');
  assert.ok(fault && typeof fault.correlation === 'string');
  assert.ok(said.includes(fault.correlation), said.slice(0, 500));
  assert.ok(!stage.log.join().includes(broken.subject));
});

test('A6 a whole story at the most talkative level writes no text, name, address or number of anybody into the log', async () => {
  stage = await setStage();
  const words = {
    request: 'non riesco a emettere i mandati, esce soggetto inesistente Zzqrequest',
    note: 'Sentito il fornitore Zzqnote al 0371 409 777',
    reply: 'Scrivi a zzqreply@fornitore.example',
    answer: 'Ecco: Zzqanswer, interno 0371 555 888',
    close: 'Risolto Zzqclose',
  };
  const ticket = await openTicket(stage, 'maria', {
    text: words.request,
    inputs: { phone: '0371 409 666', subject: 'Emissione mandati: soggetto Zzqsubject inesistente' },
  });
  const card = queueCardOf(stage, ticket);
  await act(stage, 'anna', card, 'claim');
  await act(stage, 'anna', card, 'note', { text: words.note });
  await act(stage, 'anna', card, 'reply', replying(words.reply, 'waitRequester'));
  await stage.settle();
  await say(stage, 'maria', words.answer);
  await act(stage, 'anna', card, 'close', { text: words.close, outcome: 'solved' });
  await stage.settle();
  // Trouble talks more than success.
  await deliver(stage, message(stage, 'maria', words.request, { from: { name: 'Zzqname' } }));
  await deliver(stage, `{"text": "${words.request}" broken`);
  await stage.withFault({ effect: { kind: 'status', status: 503 } }, async () => {
    await say(stage, 'maria', words.answer);
    await stage.quiet();
  });
  const left = lastHeardBy(stage, 'maria');
  await press(stage, 'maria', left, { verb: 'Zzqverb', number: 'Zzqnumber' } as never).catch(() => {});
  await stage.pass(40 * 86_400_000);
  await stage.settle();
  assert.ok(
    heardBy(stage, 'maria').some((said) => wordsOf(said).includes('zzqreply')),
    'the story was played',
  );
  assert.equal((await reread(stage, ticket)).articles.length > 3, true);
  assert.ok(stage.log.length > 20, 'there is a log');
  const written = stage.log.join('').toLowerCase();
  for (const trace of ['zzq', '409 666', '409 777', '555 888', 'mandati', 'fornitore', 'emissione'])
    assert.ok(
      !written.includes(trace),
      `${trace}: ${stage.log.find((line) => line.toLowerCase().includes(trace))}`,
    );
  for (const text of Object.values(words)) assert.ok(!written.includes(text.toLowerCase()), text);
});

test('A6 a scheduler that is held up says so in the log, and not past it on the error output', async () => {
  const lines: string[] = [];
  const { log, correlation } = signalsInto(lines);
  const heldUp = new Promise<string>((resolve) => {
    const { warn } = log;
    (log as { warn: unknown }).warn = (facts: Facts, words: string) => {
      warn.call(log, facts, words);
      if (words === 'the scheduler was held up') resolve(lines.at(-1) ?? '');
    };
  });
  stage = await setStage({ bot: { tick: '* * * * * *', log, correlation } });
  const { due } = stage.store;
  // One look at what is due takes longer than the time until the next.
  (stage.store as { due: unknown }).due = async (...asked: Parameters<typeof due>) => {
    await heldUp;
    return due(...asked);
  };
  assert.match(await heldUp, /"level":"warn".*"reason":".*overlap/);
});

test('A6 a store that has gone is told by the probe, not by silence', async () => {
  stage = await setStage();
  await stage.store.close();
  const { status, json } = await get('/readyz');
  assert.deepEqual([status, json().store], [503, 'failing']);
});
