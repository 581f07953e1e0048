import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMeter } from '../../src/signals/meter.ts';

const figure = (text: string, name: string) =>
  text
    .split('\n')
    .find((line) => line.startsWith(`${name} `))
    ?.slice(name.length + 1);

test('A6 decisions, refusals, deliveries, lags and latencies are counted by kind', async () => {
  const meter = createMeter({
    backlog: async () => ({ waiting: 3, failed: 2, oldest: 5_000, firstDue: 8_000 }),
    now: () => 10_000,
    deskIsCurrent: () => false,
  });
  meter.turn('action', 'answered', 20);
  meter.rejected('unauthenticated');
  meter.decision('claim', 'done');
  meter.decision('claim', 'repeated');
  meter.decision('claim', 'lockedByOther');
  meter.delivery('queueCard', 'sent');
  meter.timer(2_000);
  meter.storeCall('commitTicket', false, 7);
  const { text, contentType } = await meter.expose();
  assert.match(contentType, /^text\/plain/);
  for (const [name, value] of Object.entries({
    'sportello_turn_seconds_count{kind="action",outcome="answered"}': '1',
    'sportello_requests_rejected_total{reason="unauthenticated"}': '1',
    'sportello_decisions_total{command="claim",outcome="done"}': '1',
    'sportello_decisions_total{command="claim",outcome="repeated"}': '1',
    'sportello_refusals_total{command="claim",reason="lockedByOther"}': '1',
    'sportello_deliveries_total{kind="queueCard",outcome="sent"}': '1',
    'sportello_timer_lag_seconds_bucket{le="1"}': '0',
    'sportello_timer_lag_seconds_bucket{le="5"}': '1',
    'sportello_store_seconds_count{operation="commitTicket",outcome="error"}': '1',
    sportello_outbox_deliveries: '3',
    sportello_outbox_failed: '2',
    sportello_outbox_oldest_seconds: '5',
    sportello_timers_overdue_seconds: '2',
    sportello_desk_current: '0',
  }))
    assert.equal(figure(text, name), value, name);
});

test('A6 a store that does not answer hides no other figure, and is not asked by everybody who reads them', async () => {
  let asked = 0;
  let broken = false;
  const meter = createMeter({
    async backlog() {
      asked += 1;
      if (broken) throw new Error('gone');
      return { waiting: 1, failed: 0 };
    },
    now: () => 0,
    deskIsCurrent: () => true,
  });
  for (let n = 0; n < 5; n++) await meter.expose();
  assert.equal(asked, 1);
  broken = true;
  const other = createMeter({
    backlog: () => Promise.reject(new Error('gone')),
    now: () => 0,
    deskIsCurrent: () => true,
  });
  other.decision('claim', 'done');
  const { text } = await other.expose();
  assert.equal(figure(text, 'sportello_outbox_deliveries'), 'Nan');
  assert.equal(figure(text, 'sportello_decisions_total{command="claim",outcome="done"}'), '1');
});
