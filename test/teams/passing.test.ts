import assert from 'node:assert/strict';
import { after, beforeEach, describe, test } from 'node:test';
import type { Ticket } from '../../src/domain/ticket.ts';
import type { MessageView } from '../../src/local/protocol.ts';
import { PERSON } from '../support/desk.ts';
import { cardIn, dataOf, inputsOf, linksOf, textOf, verbsOf, wordsIn, wordsOf } from './support/cards.ts';
import {
  act,
  after as afterwards,
  cardsIn,
  heardBy,
  historyOf,
  lastHeardBy,
  look,
  openForm,
  openTicket,
  postsIn,
  press,
  queueCardOf,
  reread,
  say,
  sendForm,
} from './support/people.ts';
import { type Stage, setStage } from './support/stage.ts';

describe('a ticket changes hands', () => {
  let stage: Stage;
  let ticket: Ticket;
  let card: MessageView;
  beforeEach(async () => {
    await stage?.stop();
    stage = await setStage();
    ticket = await openTicket(stage);
    card = queueCardOf(stage, ticket);
    await act(stage, 'anna', card, 'claim');
    await stage.settle();
  });
  after(() => stage.stop());

  /** Opens the form for moving and presses the queue in it. */
  async function move(to: string, note = '') {
    const form = await openForm(stage, 'anna', card, 'move');
    const chosen = { ...dataOf(form, 'move'), queue: to };
    return afterwards(stage, 'anna', card, await sendForm(stage, 'anna', card, form, chosen, { note }));
  }

  test('T3 releasing takes one press; the responsible is told and asked to give it to somebody', async () => {
    assert.match(wordsIn(await act(stage, 'anna', card, 'release')), /Rilasciata/);
    await stage.settle();
    assert.equal((await reread(stage, ticket)).owner, undefined);
    const asked = lastHeardBy(stage, 'dario');
    assert.match(wordsOf(asked), /Anna Conti l’ha rilasciata.*a chi la assegni\?/s);
    const answer = await act(stage, 'dario', asked, 'assign', { to: PERSON.bruno, note: 'Pensaci tu.' });
    assert.match(wordsIn(answer), /Assegnata a Bruno Galli/);
    assert.deepEqual(verbsOf(cardIn(answer)), ['board'], 'it has been given to somebody');
    await stage.settle();
    assert.equal((await reread(stage, ticket)).owner?.id, PERSON.bruno);
    assert.match(wordsOf(lastHeardBy(stage, 'bruno')), /Dario Serra ti ha assegnato/);
  });

  test('T3 a choice that is not accepted stays on the responsible’s card with the reason', async () => {
    await act(stage, 'anna', card, 'release');
    await stage.settle();
    const asked = lastHeardBy(stage, 'dario');
    const answer = await act(stage, 'dario', asked, 'assign', { to: PERSON.carla, note: 'Pensaci tu.' });
    assert.match(wordsIn(answer), /non lavora in Servizi finanziari/);
    assert.equal(inputsOf(cardIn(answer)).note, 'Pensaci tu.');
  });

  test('T4 whose ticket is given to somebody else is told', async () => {
    await act(stage, 'dario', card, 'assign', { to: PERSON.bruno, note: 'È più libero.' });
    await stage.settle();
    assert.match(
      wordsOf(lastHeardBy(stage, 'anna')),
      /Dario Serra l’ha passata: ora l’ha in carico Bruno Galli/,
    );
  });

  test('T5 W1 it moves in two clicks: its card goes, the new channel gets one, the old one says where', async () => {
    const answer = await move('taxes', 'È la TARI.');
    assert.match(wordsIn(answer), /Spostata a Tributi.*Ora la lavora solo chi fa parte di Tributi/s);
    assert.ok(wordsIn(answer).includes(ticket.number), 'and which one it was');
    assert.deepEqual(verbsOf(cardIn(answer)), []);
    await stage.settle();
    const [old] = cardsIn(stage, 'finance');
    assert.match(textOf(old?.cards[0]), /Spostata a Tributi/);
    assert.deepEqual(verbsOf(old?.cards[0]), []);
    assert.equal(cardsIn(stage, 'finance').length, 1);
    const moved = await reread(stage, ticket);
    const now = queueCardOf(stage, moved);
    assert.ok(verbsOf(await look(stage, 'carla', now)).includes('claim'));
    assert.deepEqual(
      linksOf(await look(stage, 'bruno', card)).length,
      1,
      'the old card leads to the new one',
    );
  });

  test('R4 N4 T5 agents and responsible of the new queue are told; the requester hears where it is, and no note', async () => {
    await move('taxes', 'Nota riservata: è la TARI.');
    await stage.settle();
    assert.match(wordsOf(lastHeardBy(stage, 'carla')), /Anna Conti ha spostato una richiesta a Tributi/);
    assert.match(wordsOf(lastHeardBy(stage, 'carla')), /Nota riservata/);
    assert.match(wordsOf(lastHeardBy(stage, 'dario')), /Anna Conti ha spostato una richiesta a Tributi/);
    assert.match(wordsOf(lastHeardBy(stage, 'maria')), /La tua richiesta ora è all’ufficio Tributi/);
    assert.ok(heardBy(stage, 'maria').every((message) => !wordsOf(message).includes('riservata')));
    assert.match(wordsOf(heardBy(stage, 'maria')[0] as MessageView), /È all’ufficio Tributi/);
  });

  test('T5 an owner who is left behind is told, and can do nothing there any more', async () => {
    await say(stage, 'maria', 'Serve altro da parte mia?');
    await stage.settle();
    const form = await openForm(stage, 'dario', card, 'move');
    await sendForm(stage, 'dario', card, form, { ...dataOf(form, 'move'), queue: 'taxes' });
    await stage.settle();
    assert.match(
      wordsOf(lastHeardBy(stage, 'anna')),
      /Dario Serra l’ha spostata a Tributi.*Non è più in carico a te/s,
    );
    const { number, version } = await reread(stage, ticket);
    await press(stage, 'anna', card, { verb: 'note', number, version }, { text: 'Ancora io' });
    assert.deepEqual((await historyOf(stage, ticket)).slice(-2), ['moved', 'released']);
    // Out of reach, what was said to them may still be looked at: it says no more than it did.
    for (const message of [...heardBy(stage, 'anna'), ...cardsIn(stage, 'finance')])
      if (message.cards.length > 0)
        assert.ok(await look(stage, 'anna', message), 'a card, and not a refusal');
  });

  test('T4 W10 N4 another requester has it in their chat, and whose it was hears no more of it', async () => {
    const heard = heardBy(stage, 'maria').length;
    const wrong = cardIn(await act(stage, 'anna', card, 'changeRequester', { requester: 'Nessuno Qui' }));
    assert.match(textOf(wrong), /Serve una persona della rubrica/);
    assert.equal(inputsOf(wrong).requester, 'Nessuno Qui', 'at the field, where it stays');
    const done = await act(stage, 'anna', card, 'changeRequester', { requester: 'luca ferri' });
    assert.match(wordsIn(done), /Ora la richiesta è di Luca Ferri/);
    await act(stage, 'anna', card, 'reply', { text: 'Provi adesso.' });
    await stage.settle();
    assert.equal(heardBy(stage, 'maria').length, heard, 'nothing more');
    assert.match(wordsOf(heardBy(stage, 'luca')[0] as MessageView), /Emissione mandati|mandati/i);
    assert.match(wordsOf(lastHeardBy(stage, 'luca')), /Provi adesso/);
    const left = heardBy(stage, 'maria').find((one) => /ora è di un’altra persona/.test(wordsOf(one)));
    assert.ok(left && verbsOf(left.cards[0]).length === 0, 'her card says so, and has no buttons');
    for (const message of heardBy(stage, 'maria'))
      if (message.cards.length > 0)
        assert.doesNotMatch(textOf(await look(stage, 'maria', message)), /Provi adesso/);
  });

  test('T4 A1 whoever is picked in the directory is looked up, and judged where it is decided', async () => {
    const nobody = '99999999-9999-4999-8999-999999999999';
    const toNobody = cardIn(await act(stage, 'anna', card, 'changeRequester', { person: nobody }));
    assert.match(textOf(toNobody), /Serve una persona della rubrica/);
    const toLuca = await act(stage, 'anna', card, 'changeRequester', { person: PERSON.luca.toUpperCase() });
    assert.match(wordsIn(toLuca), /Ora la richiesta è di Luca Ferri/);
    assert.equal((await reread(stage, ticket)).requester.id, PERSON.luca);
    const assigned = cardIn(await act(stage, 'anna', card, 'assign', { to: PERSON.maria, note: 'A te' }));
    assert.equal(inputsOf(assigned).note, 'A te');
    assert.notEqual((await reread(stage, ticket)).owner?.id, PERSON.maria);
    assert.match(textOf(assigned), /È segnato|è segnato sotto il campo/);
  });

  test('T5 towards the contact centre the missing reason is asked for at the field', async () => {
    const answer = cardIn(await move('contact-centre'));
    assert.match(textOf(answer), /Per spostarla a Primo livello serve il motivo/);
    assert.ok(verbsOf(answer).includes('move'), 'the form is still open');
    assert.equal((await reread(stage, ticket)).queue, 'finance');
    const again = { ...dataOf(answer, 'move'), queue: 'contact-centre' };
    await sendForm(stage, 'anna', card, answer, again, { note: 'Va richiamata da voi.' });
    assert.equal((await reread(stage, ticket)).queue, 'contact-centre');
  });

  test('T5 W1 a ticket that comes back uses its old card, and a word below it says so', async () => {
    await move('taxes');
    await stage.settle();
    const away = queueCardOf(stage, await reread(stage, ticket));
    const form = await openForm(stage, 'carla', away, 'move');
    const back = { ...dataOf(form, 'move'), queue: 'finance' };
    await sendForm(stage, 'carla', away, form, back, { note: 'È vostra.' });
    await stage.settle();
    assert.equal(cardsIn(stage, 'finance').length, 1);
    assert.match(textOf(cardsIn(stage, 'finance')[0]?.cards[0]), /Emissione mandati|mandati/);
    const [word, ...more] = postsIn(stage, 'finance').filter(({ replyTo }) => replyTo !== undefined);
    assert.equal(more.length, 0);
    assert.match(wordsOf(word as MessageView), /Carla Monti l’ha riportata qui.*È vostra/s);
    assert.ok(verbsOf(await look(stage, 'anna', card)).includes('claim'));
  });
});
