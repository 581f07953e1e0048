import assert from 'node:assert/strict';
import { after, beforeEach, describe, test } from 'node:test';
import type { DialogResult, MessageView } from '../../src/local/protocol.ts';
import { PERSON, TENANT } from '../support/desk.ts';
import { APP_ID } from '../support/teams.ts';
import { deliver } from './support/activities.ts';
import { buttonsOf, inputsOf, textOf } from './support/cards.ts';
import { CLEAR, cardsIn, channelOf, chatOf, heardBy, look, say, type Who } from './support/people.ts';
import { type Stage, setStage } from './support/stage.ts';

let activities = 0;
const PICTURE = Buffer.from('89504e470d0a1a0a0000', 'hex');

describe('from a message to a request', () => {
  let stage: Stage;
  beforeEach(async () => {
    await stage?.stop();
    stage = await setStage();
  });
  after(() => stage.stop());

  const writeInChannel = (who: Who, text: string, files: readonly string[] = []): MessageView =>
    stage.local.say({ as: PERSON[who], conversation: channelOf(stage, 'finance'), text, files }).message;
  const ask = (
    who: Who,
    on: MessageView,
    step: 'fetch' | 'submit',
    data: Readonly<Record<string, unknown>> = {},
    locale = 'it-IT',
  ) =>
    stage.local.dialog({
      as: PERSON[who],
      conversation: on.conversation,
      message: on.id,
      command: 'createRequest',
      step,
      data,
      locale,
    });
  const formIn = (answer: DialogResult): Readonly<Record<string, unknown>> => {
    assert.equal(answer.kind, 'dialog', JSON.stringify(answer).slice(0, 400));
    return (answer as { card: Readonly<Record<string, unknown>> }).card;
  };
  /** Sends the dialog as it stands, with these fields changed. */
  const send = (who: Who, on: MessageView, form: unknown, inputs: Record<string, string> = {}) => {
    const [button] = submitButtons(form);
    assert.ok(button, textOf(form));
    return ask(who, on, 'submit', { ...inputsOf(form), ...inputs, ...button });
  };
  const numberIn = (answer: DialogResult): string => {
    assert.equal(answer.kind, 'message', JSON.stringify(answer).slice(0, 400));
    const number = /\d{16}/.exec((answer as { text: string }).text)?.[0];
    assert.ok(number);
    return number;
  };

  test('I13 an agent turns a colleague’s channel message into a ticket of its author', async () => {
    const said = writeInChannel('bruno', CLEAR);
    const opened = await ask('anna', said, 'fetch');
    const form = formIn(opened);
    assert.match(textOf(form), /Richiesta di Bruno Galli/);
    assert.equal(inputsOf(form).text, CLEAR);
    assert.match(String(inputsOf(form).subject), /mandati/i);
    assert.equal(inputsOf(form).service, 'payment-orders');
    const number = numberIn(await send('anna', said, form, { phone: '0371 409 400' }));
    await stage.settle();

    const ticket = await stage.store.ticket(number);
    assert.equal(ticket?.requester.id, PERSON.bruno);
    const [event] = await stage.store.history(number);
    assert.deepEqual([event?.by?.id, event?.via], [PERSON.anna, 'message']);
    assert.ok(heardBy(stage, 'bruno').some(({ summary }) => summary?.includes(number)));
    const [card] = cardsIn(stage, 'finance').filter(({ summary }) => summary?.includes(number));
    assert.ok(card);
    const link = JSON.stringify(await look(stage, 'anna', card));
    assert.match(link, /"Messaggio originale"/);
    assert.ok(link.includes(`/${said.id}`), 'the link leads to the message');
  });

  test('I13 the author makes a ticket of their own message, and nobody else who is no agent', async () => {
    const mine = await say(stage, 'maria', CLEAR);
    const number = numberIn(await send('maria', mine, formIn(await ask('maria', mine, 'fetch'))));
    assert.deepEqual((await stage.store.ticket(number))?.requester.id, PERSON.maria);
    const theirs = payload(stage, { id: PERSON.luca, displayName: 'Luca Ferri' });
    const answer = await deliver(stage, fetchTask(stage, theirs));
    assert.match(JSON.stringify(answer.body), /Questo messaggio è di Luca Ferri/);
    const nobody = await deliver(stage, fetchTask(stage, payload(stage, null)));
    assert.match(JSON.stringify(nobody.body), /non è di una persona/);
    await stage.settle();
    assert.equal((await stage.store.ticketsOf(PERSON.luca, 5)).length, 0);
  });

  test('I13 I5 a bad subject comes back in the dialog with its reason, and what was typed is kept when it is closed', async () => {
    const said = writeInChannel('bruno', CLEAR);
    const form = formIn(await ask('anna', said, 'fetch'));
    const again = formIn(await send('anna', said, form, { subject: 'AIUTO!!!', phone: '0371 409 400' }));
    assert.match(textOf(again), /da correggere/);
    assert.equal(inputsOf(again).subject, 'AIUTO!!!');
    const reopened = formIn(await ask('anna', said, 'fetch'));
    assert.equal(inputsOf(reopened).subject, 'AIUTO!!!');
    numberIn(await send('anna', said, reopened, { subject: 'I mandati sono respinti dal tesoriere' }));
  });

  test('I13 A3 one message is one ticket, however often the form is sent', async () => {
    const said = writeInChannel('bruno', CLEAR);
    const form = formIn(await ask('anna', said, 'fetch'));
    const sent = await Promise.all([1, 2, 3].map(() => send('anna', said, form, { phone: '0371 409 400' })));
    assert.equal(new Set(sent.map(numberIn)).size, 1);
    assert.match(JSON.stringify(await ask('anna', said, 'fetch')), /hai già creato la richiesta \d{16}/);
    await stage.settle();
    assert.equal((await stage.store.ticketsOf(PERSON.bruno, 5)).length, 1);
  });

  test('I13 T15 what of the message only Graph could fetch is named, and the way in which it gets here', async () => {
    const picture = stage.local.upload({ name: 'errore.png', contentType: 'image/png', bytes: PICTURE });
    const other = stage.local.upload({ name: 'elenco.xlsx', contentType: 'application/x', bytes: PICTURE });
    const said = writeInChannel('bruno', CLEAR, [picture.id, other.id]);
    const form = formIn(await ask('anna', said, 'fetch'));
    assert.match(textOf(form), /Un’immagine non è arrivata: mandala a Sportello in chat/);
    assert.match(textOf(form), /elenco\.xlsx/);
    const number = numberIn(await send('anna', said, form, { phone: '0371 409 400' }));
    assert.deepEqual((await stage.store.ticket(number))?.articles[0]?.attachments, []);
  });

  test('T15 a picture of the payload that the service has is carried', async () => {
    const file = stage.local.upload({ name: 'errore.png', contentType: 'image/png', bytes: PICTURE });
    const contentUrl = `${stage.local.serviceUrl}v3/attachments/${file.id}/views/original`;
    const own = {
      ...payload(stage, { id: PERSON.maria, displayName: 'Maria' }),
      attachments: [{ contentType: 'image/*', contentUrl, name: 'errore.png' }],
    };
    const { body } = await deliver(stage, fetchTask(stage, own));
    assert.match(JSON.stringify(body), /"Allegati"/);
  });

  test('A2 a file of the payload that is not on the service is never fetched', async () => {
    const evil = { contentType: 'image/png', contentUrl: `${stage.url}/health`, name: 'x.png' };
    const own = { ...payload(stage, { id: PERSON.maria, displayName: 'Maria' }), attachments: [evil] };
    const answer = await deliver(stage, fetchTask(stage, own));
    assert.match(JSON.stringify(answer.body), /"continue"/);
    const drafts = JSON.stringify(answer.body);
    assert.ok(drafts.includes('x.png') && !drafts.includes('"Allegati"'), 'named as out of reach only');
  });

  test('I1 what is written in the chat is not about a request that a dialog prepares', async () => {
    const first = await say(stage, 'maria', 'grazie mille');
    formIn(await ask('maria', first, 'fetch'));
    await say(stage, 'maria', CLEAR);
    await stage.settle();
    const [form] = heardBy(stage, 'maria').filter(({ cards }) => cards.length > 0);
    assert.ok(buttonsOf(form?.cards[0]).some(({ data }) => data.verb === 'sendRequest'));
  });

  test('A2 commands that are not as expected are answered in words, and change nothing', async () => {
    const strange: [string, unknown, RegExp][] = [
      ['composeExtension/fetchTask', {}, /non è più valido/],
      ['composeExtension/fetchTask', undefined, /non è più valido/],
      [
        'composeExtension/fetchTask',
        { commandId: 'createRequest', messagePayload: 'x' },
        /non è di una persona dell’ente/,
      ],
      ['composeExtension/submitAction', { commandId: 'createRequest' }, /non è più valido/],
    ];
    for (const [name, value, words] of strange) {
      const answer = await deliver(stage, { ...fetchTask(stage, undefined), name, value });
      assert.equal(answer.status, 200, name);
      assert.match(JSON.stringify(answer.body), words);
    }
    assert.deepEqual(await stage.store.ticketsOf(PERSON.maria, 5), []);
  });

  test('I13 the message of a bot, of the system or of a federated person is nobody’s request', async () => {
    const own = payload(stage, { id: PERSON.maria, displayName: 'Maria' });
    for (const from of [null, undefined, {}, { user: null, application: { id: 'x' } }]) {
      const answer = await deliver(stage, fetchTask(stage, { ...own, from }));
      assert.match(JSON.stringify(answer.body), /non è di una persona dell’ente/);
    }
  });

  // BotFramework-Services#348: what was pasted stands in the HTML only, and `attachments` is empty.
  test('T15 pictures that stand in the message only are named as left behind', async () => {
    const picture =
      '<img alt="image" src="https://graph.microsoft.com/v1.0/chats/19:x/messages/1/hostedContents/aWQ9/$value">';
    const emoji =
      '<img alt="👍" itemtype="http://schema.skype.com/Emoji" src="https://statics.teams.cdn.office.net/x">';
    const words = async (content: string) => {
      const message = {
        ...payload(stage, { id: PERSON.maria, displayName: 'Maria' }),
        ...{ id: String(++activities), attachments: [], body: { contentType: 'html', content } },
      };
      const { body } = await deliver(stage, fetchTask(stage, message));
      return textOf((body as { task: { value: { card: { content: unknown } } } }).task.value.card.content);
    };
    assert.match(await words(`<p>${CLEAR}</p><p>${picture}</p>`), /Un’immagine non è arrivata: mandala/);
    assert.match(await words(`<p>${CLEAR}</p>${picture}${picture}`), /2 immagini non sono arrivate: mandale/);
    assert.doesNotMatch(await words(`<p>${CLEAR} ${emoji}</p>`), /immagin/);
  });

  test('W7 a search without parameters, or with strange ones, shows what is open', async () => {
    for (const value of [
      { commandId: 'searchTickets' },
      { commandId: 'searchTickets', parameters: null },
      {},
      undefined,
      { parameters: 'x', queryOptions: 7 },
    ]) {
      const answer = await deliver(stage, {
        ...fetchTask(stage, undefined),
        ...{ name: 'composeExtension/query', value, id: `f:${++activities}` },
      });
      assert.equal(answer.status, 200);
      assert.match(JSON.stringify(answer.body), /"composeExtension":\{"type":"(message|result)"/);
    }
  });

  test('A2 a form of somebody else’s dialog is not taken', async () => {
    const said = writeInChannel('bruno', CLEAR);
    const form = formIn(await ask('anna', said, 'fetch'));
    const answer = await send('dario', said, form, { phone: '0371 409 400' });
    assert.match(JSON.stringify(answer), /non è più in preparazione/);
    assert.equal((await stage.store.ticketsOf(PERSON.bruno, 5)).length, 0);
  });
});

/** Data of the `Action.Submit` buttons. */
function submitButtons(card: unknown): Readonly<Record<string, unknown>>[] {
  const { actions = [] } = card as { actions?: readonly { type: string; data: Record<string, unknown> }[] };
  return actions.filter(({ type }) => type === 'Action.Submit').map(({ data }) => data);
}

function payload(stage: Stage, user: unknown): Readonly<Record<string, unknown>> {
  return {
    id: '1793869000777',
    from: { user, application: null },
    body: { contentType: 'html', content: `<div>${CLEAR}</div>` },
    linkToMessage: `https://teams.microsoft.com/l/message/${chatOf(stage, 'maria')}/1`,
  };
}

function fetchTask(stage: Stage, messagePayload: unknown): Readonly<Record<string, unknown>> {
  return {
    channelId: 'msteams',
    serviceUrl: stage.local.serviceUrl,
    locale: 'it-IT',
    from: { id: stage.local.teamsId(PERSON.maria), name: 'Maria Rinaldi', aadObjectId: PERSON.maria },
    recipient: { id: `28:${APP_ID}` },
    conversation: { id: '19:a_b@unq.gbl.spaces', conversationType: 'personal', tenantId: TENANT },
    channelData: { tenant: { id: TENANT } },
    type: 'invoke',
    id: `f:${++activities}`,
    name: 'composeExtension/fetchTask',
    value: { commandId: 'createRequest', commandContext: 'message', messagePayload },
  };
}
