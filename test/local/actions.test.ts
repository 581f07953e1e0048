import assert from 'node:assert/strict';
import { test } from 'node:test';
import { card, cardMessage, type Loose, startFixture } from './support/bot.ts';
import { ada, bruno, carla, deskChannel } from './support/scenario.ts';

const CARD = 'application/vnd.microsoft.card.adaptive';
const DONE = {
  body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Fatto' },
};
const action = {
  type: 'Action.Execute' as const,
  verb: 'claim',
  id: 'b1',
  data: { number: '1', input: 'testo' },
};

test('W2 local Teams: a pressed button becomes an adaptiveCard/action invoke on its card in its thread', async (t) => {
  const { teams, bot, post } = await startFixture(t);
  bot.answer = () => ({ body: { statusCode: 200, type: CARD, value: card('nuova') } });
  const root = await post(deskChannel, 'inizio');
  const message = await post(`${deskChannel};messageid=${root}`, cardMessage('scheda'));
  const press = { as: bruno.aadObjectId, conversation: deskChannel, message, action };
  assert.deepEqual(await teams.press(press), { kind: 'card', card: card('nuova') });
  await teams.press({ ...press, trigger: 'automatic' });

  const [manual, automatic] = bot.received;
  assert.equal(manual.type, 'invoke');
  assert.equal(manual.name, 'adaptiveCard/action');
  assert.deepEqual(manual.value, { action, trigger: 'manual' });
  assert.equal(manual.replyToId, message);
  assert.equal(manual.conversation.id, `${deskChannel};messageid=${root}`);
  assert.equal(manual.from.aadObjectId, bruno.aadObjectId);
  assert.equal(automatic.value.trigger, 'automatic');
  assert.notEqual(manual.id, automatic.id);
});

test('W2 local Teams: the answer to a button is shown as Teams shows it', async (t) => {
  const { teams, bot, post } = await startFixture(t);
  const conversation = teams.personalChat(ada.aadObjectId);
  const message = await post(conversation, cardMessage('scheda'));
  const press = (locale = 'en-GB') =>
    teams.press({ as: ada.aadObjectId, conversation, message, action, locale });
  const wrong = 'Something went wrong. Please try again.';
  const unreachable = 'Unable to reach app. Please try again.';
  const error = (status: number, text: string, detail?: string) => ({
    kind: 'error',
    status,
    text,
    ...(detail === undefined ? {} : { detail }),
  });
  const refusal = {
    statusCode: 409,
    type: 'application/vnd.microsoft.error',
    value: { code: 'Gone', message: 'No.' },
  };
  const cases: [Loose, unknown][] = [
    [{ body: { statusCode: 200, type: CARD, value: card('x') } }, { kind: 'card', card: card('x') }],
    [
      { body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Fatto' } },
      { kind: 'message', text: 'Fatto' },
    ],
    [{}, error(200, unreachable, 'The answer says nothing.')],
    [{ body: {} }, error(200, unreachable, 'The answer says nothing.')],
    [{ body: { statusCode: 200 } }, error(200, unreachable, 'The answer says nothing.')],
    [
      { body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: '' } },
      error(200, unreachable, 'The answer says nothing.'),
    ],
    [{ body: refusal }, error(409, wrong, 'Gone: No.')],
    [{ body: { ...refusal, statusCode: 200 } }, error(200, wrong, 'Gone: No.')],
    [
      { body: { statusCode: 401, type: 'application/vnd.microsoft.activity.loginRequest' } },
      error(401, wrong),
    ],
    [
      { body: { statusCode: 200, type: CARD, value: 'x' } },
      error(200, wrong, `The answer has the type ${CARD} and no value that fits it.`),
    ],
    [{ body: [] }, error(200, wrong, 'The answer is not a JSON object.')],
    [{ status: 404 }, error(404, unreachable)],
    [{ status: 500, body: { message: 'boom' } }, error(500, unreachable, '{"message":"boom"}')],
  ];
  for (const [answer, expected] of cases) {
    bot.answer = () => answer;
    assert.deepEqual(await press(), expected, JSON.stringify(answer));
  }
  bot.answer = () => ({ status: 400 });
  assert.deepEqual(await press('it'), error(400, 'Impossibile raggiungere l’app. Riprova.'));
});

test('A3 local Teams: what the bot fails to answer comes once more, the same activity with the same id', async (t) => {
  const { teams, bot, post } = await startFixture(t, { botTimeoutMs: 250 });
  const conversation = teams.personalChat(ada.aadObjectId);
  const message = await post(conversation, cardMessage('scheda'));
  const press = () => teams.press({ as: ada.aadObjectId, conversation, message, action, locale: 'en' });

  for (const failure of [{ status: 502 }, 'never'] as const) {
    bot.received.length = 0;
    bot.answer = () => (bot.received.length === 1 ? failure : DONE);
    assert.deepEqual(await press(), { kind: 'message', text: 'Fatto' });
    assert.equal(bot.received.length, 2);
    assert.deepEqual(bot.received[0], bot.received[1]);

    bot.received.length = 0;
    const delivered = await teams.say({ as: ada.aadObjectId, conversation, text: 'ciao' }).delivered;
    assert.equal(delivered?.attempts, 2);
    assert.equal(bot.received[0].id, bot.received[1].id);
  }

  bot.received.length = 0;
  bot.answer = () => 'never';
  const result = await press();
  assert.deepEqual(result, {
    kind: 'error',
    status: 504,
    text: 'Unable to reach app. Please try again.',
    detail: 'The bot did not answer in time.',
  });
  assert.equal(bot.received.length, 2);

  bot.received.length = 0;
  bot.answer = () => ({ status: 400 });
  await press();
  assert.equal(bot.received.length, 1, 'a refusal is an answer');
  bot.answer = () => ({ status: 500 });
  await teams.react({ as: ada.aadObjectId, conversation, message, type: 'like' });
  assert.equal(bot.received.length, 2, 'a reaction comes once');
});

test('A3 local Teams: an action that is answered with nothing is run again, the same activity with the same id', async (t) => {
  const { teams, bot, post } = await startFixture(t);
  const conversation = teams.personalChat(ada.aadObjectId);
  const message = await post(conversation, cardMessage('scheda'));
  bot.answer = () => (bot.received.length === 1 ? {} : DONE);
  const result = await teams.press({ as: ada.aadObjectId, conversation, message, action });
  assert.deepEqual(result, { kind: 'message', text: 'Fatto' });
  assert.equal(bot.received.length, 2);
  assert.deepEqual(bot.received[0], bot.received[1]);
});

test('W2 local Teams: a card that the apps on phones would not show is complained of, wherever it stands', async (t) => {
  const said = t.mock.method(console, 'error', () => {});
  const { teams, bot, post } = await startFixture(t);
  const conversation = teams.personalChat(ada.aadObjectId);
  const input = { type: 'Input.Text', id: 'text' };
  const twice = { ...card('scheda'), body: [input, input] };
  const reason = 'Two elements have the id “text” (msteams-docs#7868).';
  assert.deepEqual(teams.complaints, []);
  const message = await post(conversation, {
    type: 'message',
    attachments: [{ contentType: CARD, content: twice }],
  });
  const [shown] = teams.messagesOf(conversation, ada.aadObjectId).filter(({ id }) => id === message);
  assert.equal(shown?.refusedByPhones, reason);
  bot.answer = () => ({ body: { statusCode: 200, type: CARD, value: twice } });
  const pressed = await teams.press({ as: ada.aadObjectId, conversation, message, action });
  assert.equal(pressed.kind === 'card' && pressed.refusedByPhones, reason);
  const value = { title: 'x', card: { contentType: CARD, content: twice } };
  bot.answer = () => ({ body: { task: { type: 'continue', value } } });
  const opened = await teams.dialog({ as: ada.aadObjectId, conversation, message, step: 'fetch' });
  assert.equal(opened.kind === 'dialog' && opened.refusedByPhones, reason);
  assert.deepEqual(teams.complaints, [reason]);
  assert.equal(said.mock.callCount(), 1, 'once');
});

test('N1 local Teams: shows up in the activity where the bot says so', async (t) => {
  const { teams, post } = await startFixture(t);
  const conversation = teams.personalChat(ada.aadObjectId);
  const sent = { type: 'message', text: 'Ti tocca' };
  const alerting = await post(conversation, { ...sent, channelData: { notification: { alert: true } } });
  const quiet = await post(conversation, sent);
  const alerts = teams.messagesOf(conversation, ada.aadObjectId).filter(({ alert }) => alert);
  assert.deepEqual(
    alerts.map(({ id }) => id),
    [alerting],
  );
  assert.notEqual(quiet, alerting);
});

test('W2 local Teams: Action.Submit is a message with a value and no text, which nobody sees', async (t) => {
  const { teams, bot, post } = await startFixture(t);
  const message = await post(deskChannel, cardMessage('scheda'));
  const press = { as: ada.aadObjectId, conversation: deskChannel, message };
  const submit = (data: Record<string, unknown>) =>
    teams.press({ ...press, action: { type: 'Action.Submit', data }, locale: 'en' });
  assert.deepEqual(await submit({ verb: 'claim', number: '7' }), { kind: 'none' });
  const [activity] = bot.received;
  assert.equal(activity.type, 'message');
  assert.equal(activity.text, undefined);
  assert.deepEqual(activity.value, { verb: 'claim', number: '7' });
  assert.equal(activity.replyToId, message);
  assert.equal(activity.conversation.id, `${deskChannel};messageid=${message}`);
  assert.equal(teams.messagesOf(deskChannel, ada.aadObjectId).length, 1);

  bot.answer = () => ({ status: 500 });
  assert.equal((await submit({})).kind, 'error');
  await assert.rejects(submit({ msteams: { type: 'task/fetch' } }), /dialog/);
});

test('W2 local Teams: only a card of the bot that one sees can be pressed', async (t) => {
  const { teams, bot, call, post } = await startFixture(t);
  const message = await post(deskChannel, cardMessage('scheda'));
  const press = { as: ada.aadObjectId, conversation: deskChannel, message, action };
  const own = teams.say({ as: ada.aadObjectId, conversation: deskChannel, text: 'mia' }).message.id;
  await assert.rejects(teams.press({ ...press, as: carla.aadObjectId }), /does not see/);
  await assert.rejects(teams.press({ ...press, message: '1' }), /no message 1/);
  await assert.rejects(teams.press({ ...press, message: own }), /not a card/);
  await call('DELETE', `conversations/${deskChannel}/activities/${message}`);
  await assert.rejects(teams.press(press), /no message/);
  assert.equal(bot.received.length, 0);
});

test('W2 local Teams: a dialog is fetched and submitted, and its answers are shown as Teams shows them', async (t) => {
  const { teams, bot, post } = await startFixture(t);
  const conversation = teams.personalChat(ada.aadObjectId);
  const message = await post(conversation, cardMessage('scheda'));
  const value = {
    title: 'Nota',
    height: 'medium',
    width: 400,
    card: { contentType: CARD, content: card('form') },
  };
  bot.answer = () => ({ body: { task: { type: 'continue', value } } });
  const data = { verb: 'note', msteams: { type: 'task/fetch' } };
  const ask = { as: ada.aadObjectId, conversation, message, data, locale: 'en' };
  assert.deepEqual(await teams.dialog({ ...ask, step: 'fetch' }), {
    kind: 'dialog',
    title: 'Nota',
    card: card('form'),
    width: 400,
    height: 'medium',
  });
  bot.answer = () => ({ body: { task: { type: 'message', value: 'Salvata' } } });
  const empty = await teams.dialog({ ...ask, step: 'fetch' });
  assert.ok(empty.kind === 'dialog' && !JSON.stringify(empty).includes('Salvata'), 'msteams-docs#6740');
  const answers: [unknown, unknown][] = [
    [{ task: { type: 'message', value: 'Salvata' } }, { kind: 'message', text: 'Salvata' }],
    [undefined, { kind: 'closed' }],
    [{}, { kind: 'closed' }],
  ];
  for (const [body, expected] of answers) {
    bot.answer = () => ({ body });
    assert.deepEqual(await teams.dialog({ ...ask, step: 'submit' }), expected);
  }
  for (const body of [{ task: { type: 'continue', value: { url: 'https://x.example' } } }, { task: 1 }, []]) {
    bot.answer = () => ({ body });
    assert.equal((await teams.dialog({ ...ask, step: 'submit' })).kind, 'error');
  }
  bot.answer = () => ({ status: 500 });
  const failed = await teams.dialog({ ...ask, step: 'submit' });
  assert.deepEqual(failed, { kind: 'error', status: 500, text: 'Unable to reach app. Please try again.' });

  const [fetched] = bot.received;
  const submitted = bot.received.at(-1);
  assert.deepEqual([fetched.name, submitted.name], ['task/fetch', 'task/submit']);
  assert.deepEqual(fetched.value, { data, context: { theme: 'default' } });
  assert.equal(fetched.replyToId, message);
  assert.equal(submitted.replyToId, undefined, 'as Teams does: botframework-sdk#6473');
});

test('I13 local Teams: a message action hands over the message that it was started from', async (t) => {
  const { teams, bot } = await startFixture(t);
  const said = teams.say({ as: bruno.aadObjectId, conversation: deskChannel, text: 'non va <b>' });
  bot.answer = () => ({ body: { task: { type: 'message', value: 'ok' } } });
  const ask = {
    as: ada.aadObjectId,
    conversation: deskChannel,
    message: said.message.id,
    command: 'keep',
    data: { subject: 'x' },
  };
  await teams.dialog({ ...ask, step: 'fetch' });
  await teams.dialog({ ...ask, step: 'submit' });
  const [fetched, submitted] = bot.received;
  assert.deepEqual(
    [fetched.name, submitted.name],
    ['composeExtension/fetchTask', 'composeExtension/submitAction'],
  );
  const { commandId, commandContext, messagePayload, data } = fetched.value;
  assert.deepEqual([commandId, commandContext, data], ['keep', 'message', undefined]);
  assert.equal(messagePayload.id, said.message.id);
  assert.deepEqual(messagePayload.from.user, {
    userIdentityType: 'aadUser',
    id: bruno.aadObjectId,
    displayName: 'Bruno Conti',
  });
  assert.deepEqual(messagePayload.body, { contentType: 'html', content: '<div>non va &lt;b&gt;</div>' });
  assert.deepEqual(submitted.value.data, { subject: 'x' });
  assert.equal(fetched.conversation.id, `${deskChannel};messageid=${said.message.id}`);
  await assert.rejects(teams.dialog({ ...ask, step: 'fetch', command: 'none' }), /no action command none/);
  const { message: _, ...without } = ask;
  await assert.rejects(teams.dialog({ ...without, step: 'fetch' }), /in the context compose/);
});

test('A3 local Teams: without a bot the person is told that the app cannot be reached', async (t) => {
  const { teams, post } = await startFixture(t);
  const conversation = teams.personalChat(ada.aadObjectId);
  const message = await post(conversation, cardMessage('scheda'));
  teams.connectBot('http://127.0.0.1:1/api/messages');
  const press = { as: ada.aadObjectId, conversation, message, action };
  const result = await teams.press(press);
  assert.equal(result.kind === 'error' && result.text, 'Impossibile raggiungere l’app. Riprova.');
  assert.throws(() => teams.connectBot('http://bot.example/api/messages'), /on this machine or an https URL/);
  assert.throws(() => teams.connectBot('file:///etc/passwd'), RangeError);
});
