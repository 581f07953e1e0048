import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Connector, ConnectorReply } from '../../src/teams/connector.ts';
import { createRosters } from '../../src/teams/rosters.ts';
import type { ServiceAddress } from '../../src/teams/service.ts';
import { judge } from '../../src/teams/verdict.ts';

const answer = (status: number, code?: string, retryAfterMs?: number): ConnectorReply => ({
  kind: 'answer',
  status,
  body: code === undefined ? undefined : { error: { code } },
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});

describe('N3 what an answer of Teams means', () => {
  test('N3 being told to slow down is no failure: it is tried when Teams says, and does not count', () => {
    assert.deepEqual(judge('POST', answer(429, 'Throttled', 7_000)), {
      ...{ kind: 'retry', reason: '429 Throttled', counts: false },
      afterMs: 7_000,
    });
    assert.deepEqual(judge('POST', answer(429)), { kind: 'retry', reason: '429', counts: false });
  });

  for (const status of [401, 408, 412, 500, 502, 503, 504, 520])
    test(`N3 ${status} passes, and counts`, () =>
      assert.deepEqual(judge('POST', answer(status)), { kind: 'retry', reason: `${status}`, counts: true }));

  test('N3 silence passes, and counts', () =>
    assert.deepEqual(judge('POST', { kind: 'noAnswer', reason: 'ECONNRESET' }), {
      kind: 'retry',
      reason: 'ECONNRESET',
      counts: true,
    }));

  test('N3 that something is not there is doubted; anything else is believed', () => {
    assert.equal(judge('POST', answer(404)).kind, 'doubtful');
    assert.equal(judge('PUT', answer(403, 'ServiceError')).kind, 'gone');
    assert.equal(judge('POST', answer(403, 'ServiceError')).kind, 'doubtful');
    assert.deepEqual(judge('POST', answer(400, 'BadSyntax')), { kind: 'failed', reason: '400 BadSyntax' });
    assert.deepEqual(judge('POST', answer(201)), { kind: 'done', body: {} });
  });
});

test('A1 W3 a member is the same person in whatever capitals Teams writes their id', async () => {
  const id = 'abcdef00-0000-4000-8000-00000000000f';
  const member = { id: '29:sofia', aadObjectId: id.toUpperCase(), tenantId: id.toUpperCase() };
  const connector: Connector = {
    call: async () => ({ kind: 'answer', status: 200, body: { members: [member] } }),
  };
  const service = { current: () => 'https://smba.example/' } as unknown as ServiceAddress;
  const roster = await createRosters(connector, service, () => 0).of('19:finance@thread.tacv2');
  assert.deepEqual([...(roster ?? [])], [[id, { teamsId: '29:sofia', tenant: id }]]);
});
