/** One thing at a time on the same ticket. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTurns } from '../../src/app/turns.ts';

const nested = { message: /inside a turn of the same key/ };

test('T3 turns of one key follow each other, and those of another do not wait', async () => {
  const turns = createTurns();
  const first = Promise.withResolvers<void>();
  const order: string[] = [];
  const one = turns('a', async () => {
    await first.promise;
    order.push('one');
  });
  const two = turns('a', async () => void order.push('two'));
  await turns('b', async () => void order.push('other'));
  first.resolve();
  await Promise.all([one, two]);
  assert.deepEqual(order, ['other', 'one', 'two']);
});

test('T3 what breaks in a turn breaks for whoever asked, and the next has its turn', async () => {
  const turns = createTurns();
  await assert.rejects(
    turns('a', async () => {
      throw new Error('broken');
    }),
    { message: 'broken' },
  );
  assert.equal(await turns('a', async () => 'next'), 'next');
});

test('a turn inside one of the same key says so at once instead of waiting for ever', async () => {
  const turns = createTurns();
  await assert.rejects(
    turns('a', () => turns('a', async () => {})),
    nested,
  );
  await assert.rejects(
    turns('a', () => turns('b', () => turns('a', async () => {}))),
    nested,
  );
  assert.equal(
    await turns('a', () => turns('b', async () => 'another key is no matter')),
    'another key is no matter',
  );
});

test('what a turn only begins may have a turn of the same key, if it was detached', async () => {
  const turns = createTurns();
  const begun = Promise.withResolvers<string>();
  const begin = turns.detached(() => begun.resolve(turns('a', async () => 'afterwards')));
  await turns('a', async () => begin());
  assert.equal(await begun.promise, 'afterwards');
});

test('what goes on after its turn has ended may ask for the next', async () => {
  const turns = createTurns();
  const ended = Promise.withResolvers<void>();
  let after: Promise<string> | undefined;
  await turns('a', async () => {
    after = ended.promise.then(() => turns('a', async () => 'after'));
  });
  ended.resolve();
  assert.equal(await after, 'after');
});
