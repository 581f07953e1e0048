import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COMMAND_BOX } from '../../src/local/places.ts';
import { card, cardMessage, type Loose, startFixture } from './support/bot.ts';
import { ada, bruno, carla, deskChannel } from './support/scenario.ts';

const CARD = 'application/vnd.microsoft.card.adaptive';
const THUMBNAIL = 'application/vnd.microsoft.card.thumbnail';

const found = (title: string, tap?: unknown) => ({
  contentType: CARD,
  content: card(title),
  preview: { contentType: THUMBNAIL, content: { title, text: `di ${title}`, ...(tap ? { tap } : {}) } },
});
const result = (...attachments: unknown[]) => ({
  body: { composeExtension: { type: 'result', attachmentLayout: 'list', attachments } },
});

test('W7 local Teams: what is typed is searched for as Teams asks a bot, and nothing typed is the first search', async (t) => {
  const { teams, bot } = await startFixture(t);
  bot.answer = () => result(found('uno'), found('due'));
  const ask = { as: ada.aadObjectId, conversation: deskChannel, command: 'find' };
  const first = await teams.search({ ...ask, initial: true });
  assert.deepEqual(
    first.kind === 'results' && first.results.map(({ title, text, asks }) => [title, text, asks]),
    [
      ['uno', 'di uno', false],
      ['due', 'di due', false],
    ],
  );
  await teams.search({ ...ask, text: 'stampante', skip: 25, locale: 'en' });
  const [initial, typed] = bot.received;
  assert.deepEqual([initial.type, initial.name], ['invoke', 'composeExtension/query']);
  assert.deepEqual(initial.value, {
    commandId: 'find',
    parameters: [{ name: 'initialRun', value: 'true' }],
    queryOptions: { skip: 0, count: 25 },
    context: { theme: 'default' },
  });
  assert.deepEqual(typed.value.parameters, [{ name: 'words', value: 'stampante' }]);
  assert.deepEqual([typed.value.queryOptions.skip, typed.locale], [25, 'en-US']);
  assert.equal(typed.from.aadObjectId, ada.aadObjectId);
});

test('W7 local Teams: answers to a search are shown as Teams shows them', async (t) => {
  const { teams, bot } = await startFixture(t);
  const ask = { as: ada.aadObjectId, conversation: deskChannel, command: 'find', locale: 'en' };
  const open = { type: 'openUrl', value: 'https://x.example', title: 'Set up' };
  const cases: [unknown, Loose][] = [
    [{ composeExtension: { type: 'message', text: 'Niente' } }, { kind: 'message', text: 'Niente' }],
    [
      { composeExtension: { type: 'config', suggestedActions: { actions: [open] } } },
      { kind: 'setUp', what: 'config', title: 'Set up', url: 'https://x.example' },
    ],
    [
      { composeExtension: { type: 'auth', suggestedActions: { actions: [open] } } },
      { kind: 'setUp', what: 'auth', title: 'Set up', url: 'https://x.example' },
    ],
  ];
  for (const [body, expected] of cases) {
    bot.answer = () => ({ body });
    assert.deepEqual(await teams.search(ask), expected);
  }
  const { preview: _, ...bare } = found('x');
  for (const body of [
    {},
    { composeExtension: { type: 'config' } },
    { composeExtension: { type: 'result', attachments: [bare] } },
    { composeExtension: { type: 'result', attachments: [{ contentType: 'text/html', content: 'x' }] } },
  ]) {
    bot.answer = () => ({ body });
    assert.equal((await teams.search(ask)).kind, 'error', JSON.stringify(body));
  }
  bot.answer = () => ({ status: 400, body: { error: 'no' } });
  const refused = await teams.search(ask);
  assert.equal(refused.kind === 'error' && refused.text, 'Unable to reach app. Please try again.');
});

test('W7 local Teams: a result goes into a message as a card, which can be pressed like any other', async (t) => {
  const { teams, bot } = await startFixture(t);
  bot.answer = () => result(found('uno'));
  const ask = { as: ada.aadObjectId, conversation: deskChannel, command: 'find' };
  const answer = await teams.search(ask);
  const [one] = answer.kind === 'results' ? answer.results : [];
  assert.ok(one);
  const post = { conversation: deskChannel, text: '', cards: [one.id] };
  assert.throws(
    () => teams.say({ ...post, as: bruno.aadObjectId }),
    /no result/,
    'it was given to ada alone',
  );
  assert.throws(() => teams.say({ ...post, as: ada.aadObjectId, cards: ['x'] }), /no result x/);
  const { message, delivered } = teams.say({ ...post, as: ada.aadObjectId });
  assert.deepEqual([message.cards, message.from.bot], [[card('uno')], false]);
  assert.equal(await delivered, undefined, 'a bot does not hear what does not mention it');

  bot.answer = () => ({ body: { statusCode: 200, type: CARD, value: card('per Bruno') } });
  const action = { type: 'Action.Execute' as const, verb: 'look', data: { number: '1' } };
  const press = { as: bruno.aadObjectId, conversation: deskChannel, message: message.id, action };
  assert.deepEqual(await teams.press(press), { kind: 'card', card: card('per Bruno') });
  assert.equal(bot.received.at(-1).replyToId, message.id);

  const chat = teams.personalChat(ada.aadObjectId);
  await teams.say({ as: ada.aadObjectId, conversation: chat, text: '', cards: [one.id] }).delivered;
  assert.deepEqual(bot.received.at(-1).attachments, [{ contentType: CARD, content: card('uno') }]);
  await teams.reset();
  assert.throws(() => teams.say({ ...post, as: ada.aadObjectId }), /no result/);
});

test('W7 local Teams: a preview may ask the bot once more for what goes into the message', async (t) => {
  const { teams, bot } = await startFixture(t);
  bot.answer = () => result(found('uno', { type: 'invoke', value: { number: '7' } }));
  const ask = { as: ada.aadObjectId, conversation: deskChannel, command: 'find' };
  const answer = await teams.search(ask);
  const [one] = answer.kind === 'results' ? answer.results : [];
  assert.equal(one?.asks, true);
  bot.answer = () => result(found('intera'));
  const selected = await teams.select({ ...ask, result: one.id });
  assert.equal(selected.kind === 'results' && selected.results[0]?.title, 'intera');
  const { name, value } = bot.received.at(-1);
  assert.deepEqual([name, value], ['composeExtension/selectItem', { number: '7' }]);
  const plain = selected.kind === 'results' ? selected.results[0]?.id : undefined;
  await assert.rejects(teams.select({ ...ask, result: plain ?? '' }), /asks nothing/);
});

test('I14 local Teams: an action command begins below the place to write, in the thread that is written in', async (t) => {
  const { teams, bot, post } = await startFixture(t);
  const root = await post(deskChannel, cardMessage('scheda'));
  const value = { title: 'Nuova', card: { contentType: CARD, content: card('modulo') } };
  bot.answer = () => ({ body: { task: { type: 'continue', value } } });
  const ask = { as: ada.aadObjectId, conversation: deskChannel, command: 'add', root };
  assert.equal((await teams.dialog({ ...ask, step: 'fetch' })).kind, 'dialog');
  bot.answer = () => result(found('fatta'));
  const ended = await teams.dialog({ ...ask, step: 'submit', data: { words: 'x' } });
  assert.equal(ended.kind === 'insert' && ended.results[0]?.title, 'fatta');
  const [fetched, submitted] = bot.received;
  assert.deepEqual(fetched.value, {
    commandId: 'add',
    commandContext: 'compose',
    context: { theme: 'default' },
  });
  assert.deepEqual([submitted.name, submitted.value.data], ['composeExtension/submitAction', { words: 'x' }]);
  assert.equal(fetched.conversation.id, `${deskChannel};messageid=${root}`);
});

test('W7 local Teams: the command box is in no conversation, and what is found is worked on where it is', async (t) => {
  const { teams, bot, call } = await startFixture(t);
  const ask = { as: ada.aadObjectId, conversation: COMMAND_BOX };
  bot.answer = () => result(found('uno'));
  const answer = await teams.search({ ...ask, command: 'find', text: 'uno' });
  const [one] = answer.kind === 'results' ? answer.results : [];
  assert.ok(one);
  bot.answer = () => ({ body: { statusCode: 200, type: CARD, value: card('per Ada') } });
  const press = { ...ask, message: one.id, action: { type: 'Action.Execute' as const, verb: 'v', data: {} } };
  assert.deepEqual(await teams.press(press), { kind: 'card', card: card('per Ada') });
  await assert.rejects(teams.press({ ...press, as: bruno.aadObjectId }), /no result/);
  await assert.rejects(teams.press({ ...press, action: { type: 'Action.Submit', data: {} } }), /no chat/);
  await teams.dialog({ ...ask, command: 'add', step: 'fetch' });
  await assert.rejects(teams.dialog({ ...ask, command: 'keep', step: 'fetch' }), /in the context commandBox/);

  const [searched, pressed, fetched] = bot.received;
  assert.equal(fetched.value.commandContext, 'commandbox');
  assert.equal('commandContext' in searched.value, false, 'a search does not say where it is');
  for (const { conversation, channelData, replyToId } of [searched, pressed, fetched]) {
    assert.equal(replyToId, undefined);
    assert.deepEqual(Object.keys(channelData), ['tenant']);
    const posted = await call('POST', `/v3/conversations/${conversation.id}/activities`, { type: 'message' });
    assert.equal(posted.status, 404, 'nobody can write there');
  }
});

test('W7 local Teams: commands are given only where the manifest offers them, by people who see the conversation', async (t) => {
  const { teams, bot } = await startFixture(t);
  const ask = { as: ada.aadObjectId, conversation: deskChannel };
  await assert.rejects(teams.search({ ...ask, command: 'keep' }), /no query command keep/);
  await assert.rejects(teams.search({ ...ask, command: 'add' }), /no query command add/);
  await assert.rejects(teams.dialog({ ...ask, command: 'find', step: 'fetch' }), /no action command find/);
  await assert.rejects(teams.dialog({ ...ask, command: 'keep', step: 'fetch' }), /in the context compose/);
  await assert.rejects(
    teams.search({ as: carla.aadObjectId, conversation: deskChannel, command: 'find' }),
    /does not see/,
  );
  assert.equal(bot.received.length, 0);
});

test('I13 local Teams: a message action hands over files as Teams does: pictures to fetch, others for Graph only', async (t) => {
  const { teams, bot } = await startFixture(t);
  const bytes = Buffer.from('x');
  const picture = teams.upload({ name: 'a.png', contentType: 'image/png', bytes });
  const other = teams.upload({ name: 'b.pdf', contentType: 'application/pdf', bytes });
  const files = [picture.id, other.id];
  const { message } = teams.say({ as: bruno.aadObjectId, conversation: deskChannel, text: 'ecco', files });
  const ask = { as: ada.aadObjectId, conversation: deskChannel, command: 'keep', message: message.id };
  await teams.dialog({ ...ask, step: 'fetch' });
  const { attachments, body } = bot.received[0].value.messagePayload;
  assert.deepEqual(
    attachments.map(({ contentType, name }: Loose) => [contentType, name]),
    [['reference', 'b.pdf']],
  );
  // The picture stands in the HTML only, at an address of Graph.
  assert.match(
    body.content,
    /<img alt="image" src="https:\/\/graph\.microsoft\.com\/[^"]*\/hostedContents\//,
  );
});

test('I13 local Teams: a message of the bot is handed over as nobody’s', async (t) => {
  const { teams, bot, post } = await startFixture(t);
  await post(deskChannel, { type: 'message', text: 'ecco' });
  const [said] = teams.messagesOf(deskChannel, ada.aadObjectId);
  const message = said?.id ?? '';
  const ask = { as: ada.aadObjectId, conversation: deskChannel, command: 'keep', message };
  await teams.dialog({ ...ask, step: 'fetch' });
  assert.equal(bot.received[0].value.messagePayload.from, null);
});
