/**
 * Every task of an agent's day, done as somebody would who knows it from OTRS, with its clicks and fields counted and held
 * against OTRS’s. What is counted stands in docs/daily-work.md: SPORTELLO_TABLE=1 writes it anew.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openOffice } from './daily/office.ts';
import { OTRS, type Task, type TaskName } from './daily/otrs.ts';
import { documentOf, type Measured, readDocument, writeDocument } from './daily/table.ts';
import { WAYS } from './daily/ways.ts';

/** Menus, dialogs, and forms on cards. */
const OPEN = 'dialog, [role=menu], .card textarea, .card select';

test('W2 the daily work costs no more clicks and fields than in OTRS', { timeout: 280_000 }, async (t) => {
  const office = await openOffice(t);
  const measured: Partial<Record<TaskName, Measured>> = {};
  for (const name of Object.keys(OTRS) as TaskName[]) {
    const task: Task = OTRS[name];
    const way = WAYS[name];
    if (!way) continue;
    await t.test(`${task.shows} ${task.name}`, async () => {
      const { worker, does, afterwards } = await way(office);
      assert.equal(await worker.page.locator(OPEN).count(), 0, 'nothing is open beforehand');
      await worker.presses.forget();
      await does();
      const made = await worker.presses.made();
      const fields = await worker.presses.filled();
      await afterwards?.();
      measured[name] = { presses: made.map(({ on }) => on), fields };
      const taken = measured[name].presses.join(' → ');
      const [least, most] = task.clicks;
      const allowed = task.onPurpose === undefined ? least : most;
      assert.ok(made.length <= allowed, `${made.length} clicks, ${allowed} in OTRS: ${taken}`);
      assert.ok(fields.length <= task.fields.length, `${fields}, and in OTRS ${task.fields}`);
    });
  }

  await t.test('docs/daily-work.md says what was counted', async () => {
    const text = documentOf(measured);
    if (process.env.SPORTELLO_TABLE) await writeDocument(text);
    assert.equal(await readDocument(), text, 'run SPORTELLO_TABLE=1 npm run test:e2e');
  });
});
