import assert from 'node:assert/strict';
import { after, beforeEach, describe, test } from 'node:test';
import { UNSENT_DRAFT_LIFE_MS } from '../../src/domain/draft.ts';
import { UNOWNED_FILE_LIFE_MS } from '../../src/domain/limits.ts';
import { openStore } from '../../src/stores/open.ts';
import { PERSON, testDesk } from '../support/desk.ts';
import { cardIn, dataOf, textOf } from './support/cards.ts';
import { CLEAR, heardBy, lastHeardBy, look, press, say } from './support/people.ts';
import { type Stage, setStage } from './support/stage.ts';

const HOUR_MS = 3_600_000;
const ENDED = /rimasta in preparazione per 30 giorni ed è stata chiusa. Non è stato inviato niente/;
const PDF = Buffer.from('%PDF-1.4 mandato 1234/2026');

describe('A9 what nobody goes on with', () => {
  let stage: Stage;
  let attachments: Awaited<ReturnType<typeof openStore>>['attachments'] | undefined;
  beforeEach(async () => {
    await stage?.stop();
    stage = await setStage({
      desk: {
        ...testDesk(),
        fairUse: { perMinute: 100, mailsPerHour: 60, filesPerDay: 10, megabytesPerDay: 10 },
      },
      open: async (url) => {
        const opened = await openStore(url);
        attachments = opened.attachments;
        return opened;
      },
    });
  });
  after(() => stage.stop());

  const upload = (name: string) =>
    stage.local.upload({ name, contentType: 'application/pdf', bytes: PDF }).id;
  const formOf = (who: 'maria') => {
    const form = heardBy(stage, who).find(({ cards }) => cards.length > 0);
    assert.ok(form);
    return form;
  };
  const fileIsThere = async (id: string) => (await attachments?.get(id)) !== undefined;

  test('A9 a request that was not sent ends 30 days after the last word about it: its card says so, its text and file go', async () => {
    await say(stage, 'maria', CLEAR, { files: [upload('mandato.pdf')] });
    await stage.settle();
    const draft = await stage.store.pendingDraftOf(PERSON.maria);
    const file = draft?.attachments[0]?.id ?? '';
    await stage.pass(HOUR_MS);
    await say(stage, 'maria', 'succede da stamattina');
    await stage.settle();
    const sending = dataOf(await look(stage, 'maria', formOf('maria')), 'sendRequest');
    await stage.pass(UNSENT_DRAFT_LIFE_MS - HOUR_MS);
    await stage.settle();
    assert.ok(await stage.store.pendingDraftOf(PERSON.maria), 'the last word was less than 30 days ago');
    assert.ok(await fileIsThere(file));

    await stage.pass(2 * HOUR_MS);
    await stage.settle();
    assert.equal(await stage.store.pendingDraftOf(PERSON.maria), undefined);
    assert.match(textOf(formOf('maria').cards[0]), ENDED);
    assert.doesNotMatch(JSON.stringify(await stage.store.draft(draft?.id ?? '')), /mandati|stamattina|\.pdf/);

    const answer = await press(stage, 'maria', formOf('maria'), sending, { phone: '0371 409 312' });
    await stage.settle();
    assert.match(textOf(cardIn(answer)), ENDED);
    assert.deepEqual(await stage.store.ticketsOf(PERSON.maria, 1), []);

    await stage.pass(UNOWNED_FILE_LIFE_MS);
    await stage.pass(UNOWNED_FILE_LIFE_MS);
    assert.equal(await fileIsThere(file), false);
    const told = stage.log.filter((line) => line.includes('what nobody went on with has ended'));
    assert.deepEqual(
      told.map((line) => JSON.parse(line)).map(({ drafts, files }) => ({ drafts, files })),
      [
        { drafts: 1, files: 0 },
        { drafts: 0, files: 1 },
      ],
    );
  });

  test('A9 what was sent in time does not end, and two instances end what was not sent once', async () => {
    await say(stage, 'maria', CLEAR, { files: [upload('mandato.pdf')] });
    await stage.settle();
    const sending = dataOf(await look(stage, 'maria', formOf('maria')), 'sendRequest');
    await press(stage, 'maria', formOf('maria'), sending, { phone: '0371 409 312' });
    await stage.settle();
    await say(stage, 'bruno', 'la PEC dell’ufficio non riceve più messaggi');
    await stage.settle();
    await stage.another();
    for (const ms of [UNSENT_DRAFT_LIFE_MS, UNOWNED_FILE_LIFE_MS, UNOWNED_FILE_LIFE_MS]) await stage.pass(ms);
    await stage.settle();
    const [ticket] = await stage.store.ticketsOf(PERSON.maria, 1);
    assert.ok(ticket);
    assert.ok(await fileIsThere(ticket.articles[0]?.attachments[0]?.id ?? ''));
    assert.doesNotMatch(textOf(formOf('maria').cards[0]), ENDED);
    assert.equal(heardBy(stage, 'bruno').filter(({ cards }) => ENDED.test(textOf(cards[0]))).length, 1);
    const told = stage.log.filter((line) => line.includes('what nobody went on with has ended'));
    assert.equal(told.length, 1);
  });

  test('A9 who sends too many files in a day is told which were not added; the words arrive', async () => {
    for (let n = 0; n < 10; n++) await say(stage, 'maria', `${CLEAR} ${n}`, { files: [upload(`${n}.pdf`)] });
    await stage.settle();
    const more = ['uno.pdf', 'due.pdf', 'tre.pdf', 'quattro.pdf', 'cinque.pdf', 'sei.pdf'].map(upload);
    await say(stage, 'maria', 'altri file', { files: more });
    await stage.settle();
    assert.match(
      lastHeardBy(stage, 'maria').text ?? '',
      /troppi file in un giorno. Questi non sono stati aggiunti: uno.pdf, due.pdf, tre.pdf, quattro.pdf, cinque.pdf e un altro./,
    );
    const draft = await stage.store.pendingDraftOf(PERSON.maria);
    assert.match(draft?.text ?? '', /altri file/);
    assert.equal(draft?.attachments.length, 10);
  });
});
