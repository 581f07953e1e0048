import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { loadDesk } from '../../../src/config/desk.ts';
import type { Desk } from '../../../src/domain/desk.ts';
import { type Belonging, belongsTo, type Usage } from '../../../src/domain/intake/belongs.ts';
import { vocabularyOf } from '../../../src/domain/intake/vocabulary.ts';
import { wordsOf } from '../../../src/domain/words.ts';
import { type Pair, pairs, SPOKEN, STYLES } from './pairs.ts';

const written = SPOKEN.map(({ subject, text }) => wordsOf(`${subject} ${text}`));
const usage: Usage = {
  tickets: written.length,
  having: (stem) => written.filter((words) => words.some((word) => word.startsWith(stem))).length,
};

describe('I11 one topic, one ticket', () => {
  let desk: Desk;
  let judge: (pair: Pair) => Belonging;

  before(async () => {
    const loaded = await loadDesk(join(import.meta.dirname, '../../../desk'));
    assert.ok('desk' in loaded);
    desk = loaded.desk;
    const vocabulary = vocabularyOf(desk);
    judge = ({ ticket, text, style }) => {
      const sign = STYLES[style];
      // Who signs signs every time: what both have in common is the signature.
      const opened = sign ? sign(ticket.text, 'Giulia Moretti') : ticket.text;
      const articles = [{ text: opened }, ...(ticket.reply === undefined ? [] : [{ text: ticket.reply }])];
      return belongsTo(text, { ...ticket, articles }, ticket.reply !== undefined, {
        desk,
        vocabulary,
        usage,
      });
    };
  });

  it('of more than 200 pairs hardly any goes the wrong way silently, and few are asked about', () => {
    const all = pairs();
    const verdicts = all.map((pair) => ({ ...pair, ...judge(pair) }));
    const share = (of: typeof verdicts, verdict: string) =>
      of.filter((one) => one.verdict === verdict).length / of.length;
    const others = verdicts.filter(({ goesOn }) => !goesOn);
    const continued = verdicts.filter(({ goesOn }) => goesOn);
    assert.ok(all.length >= 200);
    assert.equal(all.filter(({ style }) => style !== 'plain').length, all.length / 2);
    assert.ok(share(others, 'goesOn') <= 0.01, `new matters added silently: ${share(others, 'goesOn')}`);
    assert.ok(share(continued, 'new') <= 0.05, `continuations made new silently: ${share(continued, 'new')}`);
    assert.ok(share(verdicts, 'unsure') <= 0.2, `asked about: ${share(verdicts, 'unsure')}`);
  });

  it('a signed message about a printer does not go into a signed ticket about payment orders', () => {
    const [ticket] = SPOKEN;
    assert.ok(ticket);
    for (const style of Object.keys(STYLES)) {
      const text = STYLES[style]?.('La stampante non stampa più', 'Giulia Moretti') ?? '';
      assert.equal(judge({ ticket, text, style, goesOn: false }).verdict, 'new', style);
    }
  });

  it('what names another service is never added silently, also while the office waits', () => {
    const ticket = SPOKEN.find(({ reply }) => reply !== undefined);
    assert.ok(ticket);
    for (const text of [
      'Per la cooperativa Girasole serve anche un’abilitazione alla PEC',
      'Il problema persiste anche con la stampante',
      'La VPN non si collega',
    ])
      assert.notEqual(judge({ ticket, text, style: 'plain', goesOn: false }).verdict, 'goesOn', text);
  });

  it('an answer without a matter of its own belongs to who asked', () => {
    const ticket = SPOKEN.find(({ reply }) => reply !== undefined);
    assert.ok(ticket);
    for (const text of ['Sì', 'no, mai', 'dal 12', 'Sì, confermo'])
      assert.equal(judge({ ticket, text, style: 'plain', goesOn: true }).verdict, 'goesOn', text);
  });

  it('who says that something else begins is believed', () => {
    const [ticket] = SPOKEN;
    assert.ok(ticket);
    const text = 'Un’altra cosa: la cooperativa Girasole ha cambiato IBAN';
    assert.equal(judge({ ticket, text, style: 'plain', goesOn: false }).verdict, 'new');
  });
});
