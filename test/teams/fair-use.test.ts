import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { testDesk } from '../support/desk.ts';
import { type Activity, deliver, message } from './support/activities.ts';
import { heardBy } from './support/people.ts';
import { type Stage, setStage } from './support/stage.ts';

describe('A9 what one person floods', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await setStage({
      desk: {
        ...testDesk(),
        fairUse: { perMinute: 12, mailsPerHour: 60, filesPerDay: 10, megabytesPerDay: 10 },
      },
    });
  });
  afterEach(() => stage.stop());

  const says = (who: 'maria' | 'luca' | 'anna', text: string, id: number) =>
    deliver(stage, message(stage, who, text, { id: `17938690000${id}` }));
  const TOLD = /Hai mandato troppe cose in poco tempo[\s\S]*Aspetta 15 secondi/;
  const toldTo = (who: 'maria' | 'luca') => heardBy(stage, who).filter(({ text }) => TOLD.test(text ?? ''));

  test('A9 is not taken, which they are told once, and what others send is', async () => {
    for (let i = 0; i < 40; i++) assert.equal((await says('maria', `prova ${i}`, i)).status, 200);
    await stage.settle();
    assert.equal(toldTo('maria').length, 1);
    assert.ok(stage.log.filter((line) => line.includes('more than is fair')).length === 1);
    await says('luca', 'non riesco a emettere i mandati', 99);
    await stage.settle();
    assert.equal(toldTo('luca').length, 0);
    assert.match(JSON.stringify(heardBy(stage, 'luca').at(-1)), /mandati/);
    stage.clock.advance(15_000);
    await says('maria', 'aiuto', 98);
    await stage.settle();
    assert.doesNotMatch(heardBy(stage, 'maria').at(-1)?.text ?? '', TOLD);
  });

  test('A9 a press is answered in words each time, because its client waits', async () => {
    const search = (id: number): Activity => ({
      ...message(stage, 'anna', ''),
      ...{ type: 'invoke', id: `f:${id}`, name: 'task/fetch', value: { data: { verb: 'phoneRequest' } } },
    });
    const answers: unknown[] = [];
    for (let i = 0; i < 14; i++) answers.push((await deliver(stage, search(i))).body);
    assert.doesNotMatch(JSON.stringify(answers[11]), TOLD);
    assert.match(JSON.stringify(answers[12]), TOLD);
    assert.match(JSON.stringify(answers[13]), TOLD);
  });
});
