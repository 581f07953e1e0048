import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { test } from 'node:test';
import { createLive } from '../../src/local/live.ts';
import type { LiveEvent } from '../../src/local/protocol.ts';

/** As much of a response as a stream of events uses. */
class Line extends EventEmitter {
  written = '';
  writableLength = 0;
  destroyed = false;
  ended = false;
  writeHead() {}
  write(text: string) {
    this.written += text;
  }
  end() {
    this.ended = true;
  }
  destroy() {
    this.destroyed = true;
    this.emit('close');
  }
}

const typing: LiveEvent = { type: 'typing', conversation: 'c', name: 'Echo' };

function open(live: ReturnType<typeof createLive>, user: string): Line {
  const line = new Line();
  live.stream(user, line as unknown as ServerResponse);
  return line;
}

test('W10 local Teams: an event stream beats, so that a dead line is noticed', (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const live = createLive(20_000);
  const line = open(live, 'a');
  t.mock.timers.tick(40_000);
  assert.equal(line.written, 'retry: 1000\n\n: still here\n\n: still here\n\n');
  live.close();
  assert.ok(line.ended);
});

test('W10 local Teams: a closed event stream is forgotten', () => {
  const live = createLive();
  const line = open(live, 'a');
  assert.equal(live.size, 1);
  line.emit('close');
  assert.equal(live.size, 0);
  live.publish(typing, 'everybody');
  assert.ok(!line.written.includes('data:'));
  live.close();
});

test('W10 local Teams: a page that does not read is cut off and the others are served', () => {
  const live = createLive();
  const [slow, quick] = [open(live, 'a'), open(live, 'A')];
  slow.writableLength = 5 * 1024 * 1024;
  live.publish(typing, ['A']);
  assert.ok(slow.destroyed);
  assert.ok(quick.written.endsWith(`data: ${JSON.stringify(typing)}\n\n`));
  assert.equal(live.size, 1);
  live.close();
});
