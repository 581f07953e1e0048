import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { workingMoment } from '../../scripts/bench/clock.ts';
import { loadDesk } from '../../src/config/desk.ts';
import { compileCalendars } from '../../src/domain/calendar.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const loaded = await loadDesk(join(ROOT, 'desk'));
assert.ok(loaded.ok);
const { desk } = loaded;
const calendars = compileCalendars(desk);
const chosen = (now: string) =>
  new Date(workingMoment(calendars, desk.timeZone, Date.parse(now))).toISOString();

test('the benchmark measures now while every office works, and else when they all do next', () => {
  const tuesday = '2026-12-01T09:00:00.000Z';
  assert.equal(chosen(tuesday), tuesday);
  for (const [when, now] of Object.entries({
    'half past midnight': '2026-11-30T23:30:00.000Z',
    'a Sunday': '2026-11-29T10:00:00.000Z',
    'lunch, an hour before the offices close': '2026-12-01T12:10:00.000Z',
    'a holiday': '2026-12-08T09:00:00.000Z',
    'the last minute of a year': '2026-12-31T22:59:30.000Z',
  })) {
    const at = workingMoment(calendars, desk.timeZone, Date.parse(now));
    assert.ok(at > Date.parse(now), when);
    for (const { id, isOpen } of calendars.values())
      assert.ok(isOpen(at) && isOpen(at + 7_199_000), `${when}: ${id}`);
  }
});

test('the benchmark’s turns are done on a Sunday while a day begins as well', {
  timeout: 55_000,
}, async () => {
  const args = [join(ROOT, 'test/bench/few-turns.ts'), '2026-11-29T23:59:58+01:00'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  const code = await new Promise((resolve) => child.once('close', resolve));
  assert.equal(code, 0, said);
  assert.match(said, /60 turns, from 20261129 to 20261130/);
});
