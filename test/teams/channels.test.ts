/** Private and shared channels, channels of several teams, chats of several: who sees what, and what the bot notices (W1). */

import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import type { ChannelType, Desk, Team } from '../../src/domain/desk.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import type { MessageView, Scenario } from '../../src/local/protocol.ts';
import { scenarioOf } from '../../src/scenario.ts';
import { PERSON, TENANT, testDesk } from '../support/desk.ts';
import { APP_ID } from '../support/teams.ts';
import { deliver, message, pressOf, sentenceOf } from './support/activities.ts';
import { refreshOf, textOf, wordsOf } from './support/cards.ts';
import {
  act,
  CLEAR,
  channelOf,
  chatOf,
  heardBy,
  lastHeardBy,
  openTicket,
  queueCardOf,
  reread,
  say,
} from './support/people.ts';
import { type Stage, setStage } from './support/stage.ts';

const OTHER: Team = {
  id: '19:personnel@thread.tacv2',
  groupId: '99999999-0000-4000-8000-00000000000f',
  name: 'Personale',
};
const AWAY = '88888888-0000-4000-8000-000000000001';

function deskWith(channelType: ChannelType | undefined, team?: Team): Desk {
  const desk = testDesk();
  const finance = desk.queues.get('finance');
  assert.ok(finance);
  const changed = { ...finance, ...(channelType ? { channelType } : {}), ...(team ? { team } : {}) };
  return { ...desk, queues: new Map(desk.queues).set('finance', changed) };
}

/** Of Teams the channel may be another kind than the desk's files say. */
function scenarioWith(
  desk: Desk,
  type: ChannelType,
  change: (one: Scenario) => Scenario = (one) => one,
): Scenario {
  const scenario = scenarioOf(desk, APP_ID);
  const channel = desk.queues.get('finance')?.channel;
  return change({
    ...scenario,
    teams: scenario.teams.map((team) => ({
      ...team,
      channels: team.channels.map((one) => (one.id === channel ? { ...one, type } : one)),
    })),
  });
}

describe('channels of every kind', () => {
  let stage: Stage;
  afterEach(() => stage.stop());

  const begin = async (desk: Desk, type: ChannelType, change?: (one: Scenario) => Scenario) => {
    stage = await setStage({ desk, local: { scenario: scenarioWith(desk, type, change) } });
  };
  const rosters = () =>
    stage.local.calls
      .filter(({ path }) => path.includes('/pagedmembers'))
      .map(({ path }) => decodeURIComponent(path.split('/')[3] ?? ''));
  const finance = () => channelOf(stage, 'finance');
  const told = () => heardBy(stage, 'elena').map(wordsOf);
  const alerts = async () => (await stage.store.openAlerts()).map(({ id }) => id);
  const event = (eventType: string, more: Record<string, unknown> = {}, over: Record<string, unknown> = {}) =>
    deliver(
      stage,
      message(stage, 'dario', '', {
        type: 'conversationUpdate',
        text: undefined,
        id: undefined,
        conversation: { id: finance(), conversationType: 'channel', tenantId: TENANT },
        channelData: { tenant: { id: TENANT }, team: { id: stage.desk.team.id }, eventType, ...more },
        ...over,
      }),
    );

  test('W1 W3 who is in a standard channel is asked of its team, who is in a private one of the channel', async () => {
    await begin(deskWith(undefined), 'standard');
    const open = await openTicket(stage);
    assert.deepEqual([...new Set(rosters())], [stage.desk.team.id]);
    for (const who of ['anna', 'bruno', 'dario'] as const)
      assert.ok(refreshOf(queueCardOf(stage, open).cards[0], stage.local.teamsId(PERSON[who])), who);
    await stage.stop();

    await begin(deskWith('private'), 'private');
    const closed = await openTicket(stage);
    assert.deepEqual([...new Set(rosters())], [finance()]);
    for (const who of ['anna', 'bruno', 'dario'] as const)
      assert.ok(refreshOf(queueCardOf(stage, closed).cards[0], stage.local.teamsId(PERSON[who])), who);
    assert.equal(
      refreshOf(queueCardOf(stage, closed).cards[0], stage.local.teamsId(PERSON.carla)),
      undefined,
    );
  });

  test('W1 what kind a channel is, Teams says where the desk’s files do not', async () => {
    await begin(deskWith(undefined), 'private');
    await openTicket(stage);
    assert.equal(rosters().at(-1), finance());
    assert.deepEqual(await alerts(), [], 'nobody expected otherwise');
  });

  test('W1 a colleague of the team who is not in the private channel finds nothing of its queue anywhere', async () => {
    await begin(deskWith('private'), 'private');
    const { number } = await openTicket(stage);
    await act(stage, 'anna', queueCardOf(stage, { number, queue: 'finance' }), 'note', {
      text: 'Nota riservata',
    });
    await stage.settle();
    assert.throws(() => stage.local.messagesOf(finance(), PERSON.carla), /does not see/);
    const nothing = async (words: string) => {
      await say(stage, 'carla', words);
      await stage.settle();
      assert.doesNotMatch(wordsOf(lastHeardBy(stage, 'carla')), new RegExp(number), words);
    };
    await nothing('cerca soggetto inesistente');
    await nothing(`cerca ${number}`);
    await nothing('bacheca');
    const board = lastHeardBy(stage, 'carla');
    const open = { verb: 'openTicket', number, version: 1 };
    assert.match(
      sentenceOf(await deliver(stage, pressOf(stage, 'carla', board, open))),
      /Non trovo questa richiesta/,
    );
    for (const list of ['scope=all', 'scope=queues&queue=finance', 'scope=all&open=yes']) {
      const answer = await deliver(stage, pressOf(stage, 'carla', board, { verb: 'list', list }));
      assert.doesNotMatch(JSON.stringify(answer.body), new RegExp(number), list);
    }
    const found = await stage.local.search({
      as: PERSON.carla,
      conversation: chatOf(stage, 'carla'),
      command: 'searchTickets',
      text: 'mandati',
    });
    assert.equal(found.kind, 'message');
    for (const verb of ['history', 'attachments']) {
      const asked = {
        ...pressOf(stage, 'carla', board, {}),
        name: 'task/fetch',
        value: { data: { verb, number } },
      };
      assert.doesNotMatch(JSON.stringify((await deliver(stage, asked)).body), /soggetto|riservata/, verb);
    }
  });

  test('W7 the card that somebody puts into a message says nothing but the number where the office is private', async () => {
    await begin(deskWith('private'), 'private');
    const { number } = await openTicket(stage);
    const found = await stage.local.search({
      as: PERSON.anna,
      conversation: chatOf(stage, 'anna'),
      command: 'searchTickets',
      text: 'mandati',
    });
    assert.ok(found.kind === 'results');
    const shown = textOf(found.results[0]?.card);
    assert.match(shown, new RegExp(number));
    assert.doesNotMatch(shown, /Servizi finanziari|Nuova|lavorazione|mandati/);
  });

  test('W1 a queue in another team has its card, its link and its members there', async () => {
    await begin(deskWith(undefined, OTHER), 'standard');
    await openTicket(stage);
    assert.deepEqual([...new Set(rosters())], [OTHER.id]);
    await stage.settle();
    const notice = heardBy(stage, 'dario').at(-1);
    assert.match(JSON.stringify(notice?.cards), new RegExp(`groupId=${OTHER.groupId}`));
    const bot = [{ id: `28:${APP_ID}` }];
    await event('teamMemberRemoved', { team: { id: OTHER.id } }, { membersRemoved: bot });
    await stage.settle();
    assert.match(told()[0] ?? '', /L’app non è più nel team Personale/);
    assert.deepEqual(await alerts(), [`teamWithoutBot/${OTHER.id}`]);
    await event('teamMemberAdded', { team: { id: OTHER.id } }, { membersAdded: bot });
    await stage.settle();
    assert.deepEqual(await alerts(), []);
  });

  test('W1 N3 a bot that is taken out of a private channel is told with its queue, and goes on when it is back', async () => {
    await begin(deskWith('private'), 'private');
    const ticket = await openTicket(stage);
    await stage.local.setAppInChannel(PERSON.anna, finance(), false);
    await stage.settle();
    assert.equal(told().length, 1, 'told although nothing was to be sent');
    assert.match(told()[0] ?? '', /L’app non è nel canale della coda “Servizi finanziari”/);
    await deliver(
      stage,
      pressOf(stage, 'anna', queueCardOf(stage, ticket), {
        verb: 'claim',
        number: ticket.number,
        version: 1,
      }),
    );
    await stage.settle();
    await stage.bot.tick();
    assert.deepEqual(await alerts(), ['channelWithoutBot/finance']);
    assert.equal(told().length, 1, 'one thing to mend is one card');
    await stage.local.setAppInChannel(PERSON.anna, finance(), true);
    await stage.settle();
    assert.deepEqual(await alerts(), []);
    assert.match(wordsOf(queueCardOf(stage, ticket)), /Anna Conti/, 'what was missed is there');
    assert.match(told()[0] ?? '', /Risolto/);
  });

  test('W1 N3 an installation in the team or in a channel is noticed by its own event as well', async () => {
    await begin(deskWith('private'), 'private');
    const update = (action: string, channel?: object) =>
      event(
        '',
        { eventType: undefined, ...(channel ? { channel } : {}) },
        { type: 'installationUpdate', action },
      );
    await update('remove', { id: finance(), type: 'private' });
    assert.deepEqual(await alerts(), ['channelWithoutBot/finance']);
    await update('add', { id: finance(), type: 'private' });
    assert.deepEqual(await alerts(), []);
    await update('remove', { id: finance() });
    assert.deepEqual(await alerts(), ['teamWithoutBot/']);
    await update('add');
    assert.deepEqual(await alerts(), []);
  });

  test('W1 N3 a channel that changes its kind is told, and its members are asked where they are then', async () => {
    await begin(deskWith(undefined), 'standard');
    const first = await openTicket(stage);
    const before = rosters().length;
    const activity = pressOf(stage, 'anna', queueCardOf(stage, first), {
      verb: 'refresh',
      number: first.number,
      version: 1,
    });
    await deliver(stage, {
      ...activity,
      channelData: { tenant: { id: TENANT }, channel: { id: finance(), type: 'private' } },
    });
    await stage.bot.tick();
    await stage.settle();
    assert.deepEqual(await alerts(), ['channelTypeChanged/finance']);
    assert.match(told()[0] ?? '', /non è del tipo previsto.*In Teams è privato, era previsto standard/s);
    await act(stage, 'anna', queueCardOf(stage, first), 'claim');
    await stage.settle();
    assert.deepEqual([...new Set(rosters().slice(before))], [finance()]);
  });

  test('W1 N3 a channel that is not what the desk’s files say is told', async () => {
    await begin(deskWith('private'), 'standard');
    await openTicket(stage);
    await stage.bot.tick();
    await stage.settle();
    assert.match(told()[0] ?? '', /In Teams è standard, era previsto privato/);
  });

  test('W3 when members come and go the next card names who is there now', async () => {
    await begin(deskWith('private'), 'private');
    const ticket = await openTicket(stage);
    const before = rosters().length;
    await act(stage, 'anna', queueCardOf(stage, ticket), 'claim');
    await stage.settle();
    assert.equal(rosters().length, before, 'they are kept');
    for (const eventType of [
      'channelMemberAdded',
      'channelMemberRemoved',
      'channelShared',
      'channelUnshared',
    ])
      await event(
        eventType,
        { channel: { id: finance(), type: 'private' } },
        { membersAdded: [{ id: '29:x' }], membersRemoved: [{ id: '29:x' }] },
      );
    assert.deepEqual(await alerts(), []);
    await act(stage, 'anna', queueCardOf(stage, ticket), 'release');
    await stage.settle();
    assert.equal(rosters().length, before + 1);
  });

  const guests = (one: Scenario): Scenario => ({
    ...one,
    users: one.users.map((user) => (user.aadObjectId === PERSON.bruno ? { ...user, tenantId: AWAY } : user)),
  });

  test('A1 a member of another tenant reads a shared channel and has no rights in it, whatever the desk’s files say', async () => {
    await begin(deskWith('shared'), 'shared', guests);
    const ticket = await openTicket(stage);
    const card = queueCardOf(stage, ticket);
    assert.ok(refreshOf(card.cards[0], stage.local.teamsId(PERSON.anna)));
    assert.equal(refreshOf(card.cards[0], stage.local.teamsId(PERSON.bruno)), undefined);
    const press = (data: Record<string, unknown>) =>
      stage.local.press({
        as: PERSON.bruno,
        conversation: finance(),
        message: card.id,
        action: { type: 'Action.Execute', verb: String(data.verb), data },
      });
    for (const verb of ['claim', 'refresh', 'workView', 'reply', 'board']) {
      const answer = await press({ verb, number: ticket.number, version: 1, text: 'x', list: '' });
      assert.ok(answer.kind === 'message' && /solo il personale/.test(answer.text), verb);
    }
    const search = await stage.local.search({
      ...{ as: PERSON.bruno, conversation: finance(), command: 'searchTickets', text: 'mandati' },
    });
    assert.ok(search.kind === 'message' && /solo il personale/.test(search.text));
    assert.equal((await reread(stage, ticket)).owner, undefined);
    assert.ok((await act(stage, 'anna', card, 'claim')) !== undefined);
  });

  test('A1 a person is known by their Entra id under either of its names', async () => {
    await begin(deskWith('private'), 'private');
    const ticket = await openTicket(stage);
    const claim = { verb: 'claim', number: ticket.number, version: 1 };
    const press = pressOf(stage, 'bruno', queueCardOf(stage, ticket), claim);
    const from = { id: stage.local.teamsId(PERSON.bruno), name: 'Bruno Galli', objectId: PERSON.bruno };
    await deliver(stage, { ...press, from });
    assert.equal((await reread(stage, ticket)).owner?.id, PERSON.bruno);
  });

  test('A1 where the members of a shared channel are not known, only the desk’s own people are', async () => {
    await begin(deskWith('shared'), 'shared');
    const ticket = await openTicket(stage);
    await stage.local.setAppInChannel(PERSON.anna, finance(), false);
    const shared = { tenant: { id: TENANT }, channel: { id: finance(), type: 'shared' } };
    const press = {
      ...pressOf(stage, 'anna', queueCardOf(stage, ticket), {
        verb: 'claim',
        number: ticket.number,
        version: 1,
      }),
    };
    const stranger = { ...press, from: { id: '29:stranger', name: 'Nessuno', aadObjectId: AWAY } };
    assert.match(sentenceOf(await deliver(stage, { ...stranger, channelData: shared })), /solo il personale/);
    await deliver(stage, { ...press, channelData: shared });
    assert.equal((await reread(stage, ticket)).owner?.id, PERSON.anna);
  });

  test('A1 somebody of another tenant in a chat of several has no rights either', async () => {
    const id = '19:lunch@thread.v2';
    const chats = [{ id, name: 'Pranzo', members: [PERSON.anna, PERSON.bruno] }];
    await begin(deskWith('private'), 'private', (one) => guests({ ...one, chats }));
    await openTicket(stage);
    const search = (as: string) =>
      stage.local.search({ as, conversation: id, command: 'searchTickets', text: 'mandati' });
    const found = await search(PERSON.anna);
    assert.equal(found.kind, 'results');
    const refused = await search(PERSON.bruno);
    assert.ok(refused.kind === 'message' && /solo il personale/.test(refused.text));
  });

  test('I20 in a chat of several and in a meeting the bot answers in words, and shows no ticket', async () => {
    const ids = ['19:lunch@thread.v2', '19:meeting_x@thread.v2'];
    const chats = ids.map((id, index) => ({
      ...{ id, name: id, meeting: index === 1 },
      members: [PERSON.anna, PERSON.maria, PERSON.luca],
    }));
    await begin(deskWith('private'), 'private', (one) => ({ ...one, chats }));
    const ticket: Ticket = await openTicket(stage);
    const drafts = heardBy(stage, 'anna').length;
    for (const conversation of ids) {
      const said = () => stage.local.messagesOf(conversation, PERSON.luca).filter(({ from }) => from.bot);
      for (const text of [
        CLEAR,
        ticket.number,
        'bacheca',
        'le mie richieste',
        'aiuto',
        `cerca ${ticket.number}`,
      ]) {
        const before = said().length;
        await stage.local.say({ as: PERSON.anna, conversation, text, mentionsBot: true }).delivered;
        await stage.settle();
        const answers: readonly MessageView[] = said().slice(before);
        assert.deepEqual(
          answers.map((one) => [
            one.cards.length,
            /chat personale: qui leggono anche altri/.test(one.text ?? ''),
          ]),
          [[0, true]],
          text,
        );
        assert.doesNotMatch(answers[0]?.text ?? '', new RegExp(ticket.number));
      }
    }
    assert.equal(heardBy(stage, 'anna').length, drafts, 'nor does it begin anything elsewhere');
  });
});
