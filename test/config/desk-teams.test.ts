/** The channels of the desk: of which kind, and in which team. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadDesk } from '../../src/config/desk.ts';
import { teamOf, teamsOf } from '../../src/domain/desk.ts';
import { assertFound, type Case, plant, withCopy } from './desk-planting.ts';

const CHANNEL = 'channel: 19:3004fb67bb778d9fa96fb3503bf54732@thread.tacv2';
const team = (id: string, groupId: string) =>
  `${CHANNEL}\n  team:\n    name: Anagrafe\n    id: ${id}\n    groupId: ${groupId}`;
const HOUSE = '19:c49c9a7afbd517eb34fee9489332e9ea@thread.tacv2';
const HOUSE_GROUP = 'b09ea10c-40d0-47e0-805d-bafb7de336d0';
const OTHER = '19:11112222333344445555666677778888@thread.tacv2';
const OTHER_GROUP = '11112222-3333-4444-8555-666677778888';

const cases: readonly Case[] = [
  {
    what: 'a channel is of a kind that does not exist',
    edits: [{ file: 'queues.yaml', find: 'channelType: private', put: 'channelType: privat' }],
    found: [
      {
        at: 'channelType: privat',
        message: 'queue "personale" has "privat" as "channelType". Did you mean "private"?',
      },
    ],
  },
  {
    what: 'a team lacks its group',
    edits: [
      { file: 'queues.yaml', find: CHANNEL, put: `${CHANNEL}\n  team: { name: Anagrafe, id: "${OTHER}" }` },
    ],
    found: [
      {
        at: 'team: { name: Anagrafe',
        message:
          'queue "demografici" has no "team.groupId". Add it: the id of the Microsoft 365 group behind the team, as 36 characters like 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed.',
      },
    ],
  },
  {
    what: 'a team has the id of another, and another group',
    edits: [{ file: 'queues.yaml', find: CHANNEL, put: team(HOUSE, OTHER_GROUP) }],
    found: [
      {
        at: `groupId: ${OTHER_GROUP}`,
        message:
          'queue "demografici" has a team with the id of the one in desk.yaml, line 14, and another groupId. Copy both from “Get link to team” of the team that is meant.',
      },
    ],
  },
  {
    what: 'a team has the group of another, and another id',
    edits: [{ file: 'queues.yaml', find: CHANNEL, put: team(OTHER, HOUSE_GROUP) }],
    found: [
      {
        at: `id: ${OTHER}`,
        message:
          'queue "demografici" has a team with the groupId of the one in desk.yaml, line 14, and another id. Copy both from “Get link to team” of the team that is meant.',
      },
    ],
  },
  {
    what: 'the channel that the whole team sees is to be private',
    edits: [
      {
        file: 'queues.yaml',
        find: 'channel: 19:b4426acdb8f4b33e1f45e808f36cbccd@thread.tacv2',
        put: `channel: ${HOUSE}`,
      },
    ],
    found: [
      {
        at: 'channelType: private',
        message:
          'queue "personale" has private as "channelType", but its channel is the General channel of its team, which the whole team sees. Give the queue a private channel of its own, or remove the line.',
      },
    ],
  },
];
for (const one of cases) test(`W1 A5 ${one.what}`, () => assertFound(one));

test('W1 A5 a queue has a channel of its own kind, in a team of its own or in that of the desk', () =>
  withCopy(async (directory) => {
    await plant(directory, { file: 'queues.yaml', find: CHANNEL, put: team(OTHER, OTHER_GROUP) });
    const loaded = await loadDesk(directory);
    assert.ok(loaded.ok);
    const { desk } = loaded;
    assert.equal(desk.queues.get('personale')?.channelType, 'private');
    assert.equal(desk.queues.get('demografici')?.channelType, undefined);
    assert.deepEqual(teamOf(desk, desk.queues.get('demografici')), {
      name: 'Anagrafe',
      id: OTHER,
      groupId: OTHER_GROUP,
    });
    assert.equal(teamOf(desk, desk.queues.get('personale')).id, HOUSE);
    assert.deepEqual(
      teamsOf(desk).map(({ id }) => id),
      [HOUSE, OTHER],
    );
  }));
