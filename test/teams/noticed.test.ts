import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Ticket } from '../../src/domain/ticket.ts';
import { sendsTo } from './support/connector.ts';
import { act, channelOf, chatOf, openTicket, queueCardOf } from './support/people.ts';
import { type Stage, setStage } from './support/stage.ts';

type Sent = { readonly summary?: string; readonly channelData?: { readonly notification?: unknown } };

describe('what is noticed', () => {
  let stage: Stage;
  let ticket: Ticket;
  before(async () => {
    stage = await setStage();
    ticket = await openTicket(stage);
    await stage.settle();
    await act(stage, 'anna', queueCardOf(stage, ticket), 'reply', { text: 'Buongiorno' });
    await stage.settle();
  });
  after(() => stage.stop());

  const alerts = (conversation: string) =>
    sendsTo(stage, conversation).map(({ method, body }) => {
      const { channelData, summary = '' } = body as Sent;
      return [method, channelData?.notification, summary] as const;
    });

  test('W4 N1 what tells somebody something shows up in their activity; cards and their edits do not', () => {
    const told = alerts(chatOf(stage, 'maria'));
    const noticed = told.filter(([, notification]) => notification !== undefined);
    assert.deepEqual(
      noticed.map(([method, notification]) => [method, notification]),
      [['POST', { alert: true }]],
      'the answer alone',
    );
    assert.match(String(noticed[0]?.[2]), /ha risposto/);
    assert.ok(told.some(([method]) => method === 'PUT'));
    const toDario = alerts(chatOf(stage, 'dario'));
    assert.ok(toDario.length > 0 && toDario.every(([, notification]) => notification !== undefined));
    for (const [, notification] of alerts(channelOf(stage, 'finance'))) assert.equal(notification, undefined);
  });
});
