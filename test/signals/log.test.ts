import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createCorrelation } from '../../src/signals/correlation.ts';
import { errorFacts, impersonal } from '../../src/signals/error-facts.ts';
import { createLog } from '../../src/signals/log.ts';
import { signalsInto } from '../support/signals.ts';

/** What the JSON parser says of a body that is none: it quotes it. */
function parsing(text: string): Error {
  try {
    JSON.parse(text);
  } catch (error) {
    return error as Error;
  }
  throw new Error('that was JSON');
}

test('A6 an error is logged without what it quotes, in whatever way it does', () => {
  const secret = /Maria|Rossi|mandati|maria@|0371/;
  for (const error of [
    parsing('Maria Rossi: non riesco a emettere i mandati'),
    parsing('{"name": "x" Maria "y"'),
    new Error('no template “Maria Rossi”, only “a” and “b”'),
    new Error("E11000 duplicate key error collection: d.requests index: x dup key: { name: 'Maria Rossi' }"),
    new Error('the host refused maria@comune.example'),
    new Error('called 0371 409 204, +39 0371/409204 and 0371.409.204 in vain'),
    new Error('broken', { cause: new Error('the text was "Maria Rossi"') }),
    Object.assign(new Error('refused'), { op: { text: 'Maria Rossi' }, name: 'Maria Rossi' }),
    new Error('first line\nMaria Rossi\n    at Maria Rossi'),
    'thrown: "Maria Rossi"',
  ]) {
    const facts = JSON.stringify(errorFacts(error));
    if (error instanceof Error && error.message.startsWith('first line'))
      assert.doesNotMatch(JSON.stringify(errorFacts(error).stack), secret);
    else assert.doesNotMatch(facts, secret);
  }
});

test('A6 an error is still worth reading: kind, code, where, why, the address of a machine, a ticket’s number', () => {
  const cause = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:27017'), { code: 'ECONNREFUSED' });
  const facts = errorFacts(new TypeError('ticket 2026110510000155 could not be read', { cause }));
  assert.equal(facts.type, 'TypeError');
  assert.match(String(facts.message), /2026110510000155/);
  assert.match(String(facts.stack), /log\.test\.ts:\d+/);
  const why = facts.cause as Record<string, unknown>;
  assert.deepEqual([why.code, why.message], ['ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:27017']);
  assert.equal(impersonal('x'.repeat(5_000)).length, 300);
});

test('A6 the codes that the documents tell apart are logged whole, and digits beside them are not', () => {
  for (const document of ['docs/run.md', 'docs/operations.md', 'docs/azure.md']) {
    const codes =
      readFileSync(new URL(`../../${document}`, import.meta.url), 'utf8').match(/AADSTS\d+/g) ?? [];
    for (const code of codes) {
      const said = `the login server refused the bot: 401 invalid_client ${code}`;
      assert.equal(errorFacts(new Error(said)).message, said);
      const lines: string[] = [];
      const { log } = signalsInto(lines);
      log.warn({ reason: said, err: new Error(said) }, 'refused');
      assert.equal(lines.join().split(code).length - 1, 2, lines.join());
    }
  }
  assert.equal(impersonal('AADSTS50020 of 0371 409 204'), 'AADSTS50020 of …');
  // As long as a phone number is no code.
  assert.equal(impersonal('AADSTS3331234567'), 'AADSTS…');
});

test('A6 whatever one turn logs carries one id, made when it is first needed', async () => {
  const lines: string[] = [];
  const { log, correlation } = signalsInto(lines);
  const idOf = (line = '{}') => (JSON.parse(line) as { correlation?: string }).correlation;
  await Promise.all(
    [1, 2].map((turn) =>
      correlation.follow(async () => {
        log.info({ turn }, 'first');
        await new Promise((resolve) => setImmediate(resolve));
        log.info({ turn, id: correlation.id() }, 'second');
      }),
    ),
  );
  log.info({}, 'outside');
  const of = (turn: number) => lines.filter((line) => line.includes(`"turn":${turn}`)).map(idOf);
  assert.deepEqual([of(1), of(2)], [Array(2).fill('c0000001'), Array(2).fill('c0000002')]);
  assert.equal(idOf(lines.at(-1)), undefined);
  const made: number[] = [];
  const quiet = createCorrelation(() => `${made.push(1)}`);
  quiet.follow(() => createLog('info', quiet, () => {}).debug({}, 'nobody hears it'));
  assert.equal(made.length, 0);
});
